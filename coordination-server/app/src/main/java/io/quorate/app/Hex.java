package io.quorate.app;

/** How zxids are written for people and programs: a number would lose digits in JavaScript. */
final class Hex {

    private Hex() {}

    static String zxid(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
