package io.quorate.core.base;

/** Our own bookkeeping is wrong. Never caught inside core: the process stops and recovers from what the disk holds. */
public final class InvariantViolation extends RuntimeException {

    public InvariantViolation(String message) {
        super(message);
    }
}
