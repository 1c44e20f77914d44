package io.quorate.core.txn;

/**
 * Arithmetic on transaction ids: epoch in the high 32 bits, counter in the low 32 (quorum protocol 0.2). Counter 0
 * means "epoch opened, nothing proposed"; it belongs to no transaction of an ensemble.
 */
public final class Zxid {

    /** The last counter that is proposed within an epoch. */
    public static final long LAST_COUNTER = 0xffff_fffeL;

    private Zxid() {}

    public static long of(long epoch, long counter) {
        return epoch << 32 | counter & 0xffff_ffffL;
    }

    public static long epoch(long zxid) {
        return zxid >>> 32;
    }

    public static long counter(long zxid) {
        return zxid & 0xffff_ffffL;
    }

    /** Whether {@code zxid} may come right after {@code previous}: the next counter, or the first of a later epoch. */
    public static boolean follows(long zxid, long previous) {
        return epoch(zxid) == epoch(previous)
                ? counter(zxid) == counter(previous) + 1
                : epoch(zxid) > epoch(previous) && counter(zxid) == 1;
    }

    /**
     * Whether {@code zxid} may come right after {@code previous} in a log that is read back. A reference without peers
     * knows no epochs: when its counter runs out, it counts on into them, and logs a transaction with counter 0.
     */
    public static boolean followsInLog(long zxid, long previous) {
        return follows(zxid, previous) || zxid == previous + 1;
    }

    /**
     * What a server without peers proposes after {@code zxid}. It has nobody to elect a next epoch with when the
     * counter runs out, so it opens it by itself; the last counter is left out, as it is in an ensemble (quorum
     * protocol 7.6).
     */
    public static long nextWithoutPeers(long zxid) {
        return counter(zxid) >= LAST_COUNTER ? of(epoch(zxid) + 1, 1) : zxid + 1;
    }

    /** As operators know it: {@code 0x} and lower-case hexadecimal. */
    public static String format(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
