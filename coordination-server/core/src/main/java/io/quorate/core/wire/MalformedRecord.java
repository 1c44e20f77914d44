package io.quorate.core.wire;

/**
 * Bytes that cannot be what they should be: a length past the end, a negative length, a body that ends early. Carries
 * no stack trace, since hostile input must stay cheap.
 */
public final class MalformedRecord extends RuntimeException {

    public MalformedRecord(String message) {
        super(message, null, false, false);
    }
}
