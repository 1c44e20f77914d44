package io.quorate.core.txn;

/**
 * Arithmetic on transaction ids: epoch in the high 32 bits, counter in the low 32 (quorum protocol 0.2). Counter 0
 * means "epoch opened, nothing proposed"; it never belongs to a transaction.
 */
public final class Zxid {

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

    /** As operators know it: {@code 0x} and lower-case hexadecimal. */
    public static String format(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
