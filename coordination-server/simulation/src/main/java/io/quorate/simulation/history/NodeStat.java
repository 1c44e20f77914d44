package io.quorate.simulation.history;

/** A node's statistics as a client sees them (client protocol 3.2). */
public record NodeStat(
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
        long pzxid) {}
