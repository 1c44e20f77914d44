package io.quorate.core.port;

/** The only randomness of the core. */
@FunctionalInterface
public interface RandomSource {

    /** A value in 0 (inclusive) to {@code bound} (exclusive, positive). */
    long below(long bound);
}
