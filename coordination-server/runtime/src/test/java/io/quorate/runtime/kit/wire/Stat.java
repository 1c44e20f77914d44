package io.quorate.runtime.kit.wire;

/** The 68-byte Stat of a node as a client sees it (client protocol 3.2 and 5.3). Times are milliseconds. */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {

    static Stat read(JuteReader reader) {
        return new Stat(
                reader.longInteger(),
                reader.longInteger(),
                reader.longInteger(),
                reader.longInteger(),
                reader.integer(),
                reader.integer(),
                reader.integer(),
                reader.longInteger(),
                reader.integer(),
                reader.integer(),
                reader.longInteger());
    }
}
