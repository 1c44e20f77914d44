package io.quorate.runtime.bench;

/** A measurement could not be carried out: the message names the server and what it did. */
public final class BenchFailure extends RuntimeException {

    BenchFailure(String message) {
        super(message);
    }

    BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
