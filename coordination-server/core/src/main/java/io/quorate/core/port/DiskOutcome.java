package io.quorate.core.port;

/** How a disk command ended. */
public sealed interface DiskOutcome {

    /** @param bytes what a read delivered (-1 at the end of the file); 0 for other commands */
    record Done(int bytes) implements DiskOutcome {}

    /** Nothing or a part was done. @param message what and where, for the operator */
    record Failed(Cause cause, String message) implements DiskOutcome {}

    /** Why a command failed. */
    enum Cause {
        NO_SPACE,
        NO_SUCH_FILE,
        IO_ERROR
    }

    /** The usual good end. */
    DiskOutcome DONE = new Done(0);
}
