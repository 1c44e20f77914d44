package io.quorate.core.quorum;

/** A description of an ensemble that cannot be used. The message says what is wrong with which server, or group. */
public final class InvalidMembership extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param problem what is wrong, and where
     * @param remedy a sentence that says how to mend it
     */
    public InvalidMembership(String problem, String remedy) {
        super(problem + ". " + remedy);
        this.remedy = remedy;
    }

    /** A sentence that says how to mend it; the message ends with it. */
    public String remedy() {
        return remedy;
    }

    /** The message without the remedy. */
    public String problem() {
        String message = String.valueOf(getMessage());
        return message.substring(0, message.length() - remedy.length() - 2);
    }
}
