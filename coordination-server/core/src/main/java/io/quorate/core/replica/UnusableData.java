package io.quorate.core.replica;

/** What the disk holds must not be started from. The message says what, where and how to mend it. */
public final class UnusableData extends RuntimeException {

    public UnusableData(String message) {
        super(message);
    }
}
