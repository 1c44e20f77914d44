package io.quorate.core.request;

/** The ten digits behind a sequential name (client protocol 5.2). */
final class SequenceSuffix {

    private static final int WIDTH = 10;

    private SequenceSuffix() {}

    /** Signed, padded with zeros to ten characters; ASCII digits whatever the locale. */
    static String of(int counter) {
        String digits = Long.toString(Math.abs((long) counter));
        int signs = counter < 0 ? 1 : 0;
        return (counter < 0 ? "-" : "") + "0".repeat(Math.max(0, WIDTH - signs - digits.length())) + digits;
    }
}
