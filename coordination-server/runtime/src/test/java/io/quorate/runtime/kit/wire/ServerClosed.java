package io.quorate.runtime.kit.wire;

/** The server ended the connection where the test expected a frame. */
public final class ServerClosed extends AssertionError {

    private static final long serialVersionUID = 1L;

    ServerClosed(String message) {
        super(message);
    }
}
