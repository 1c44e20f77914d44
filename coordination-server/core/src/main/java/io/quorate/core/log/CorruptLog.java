package io.quorate.core.log;

/**
 * The log on disk is damaged where transactions may have been acknowledged, so this server must not start from it.
 * Nothing has been changed on disk. The message names file, offset, record and last good zxid, and says how to go on.
 */
public final class CorruptLog extends RuntimeException {

    /** Where in the log. */
    private final transient LogPosition position;

    CorruptLog(LogPosition position, String what, String remedy) {
        super("Transaction log is damaged: " + what + " in " + position
                + ". Refusing to start, because transactions that " + "were acknowledged may be missing. " + remedy);
        this.position = position;
    }

    public LogPosition position() {
        return position;
    }
}
