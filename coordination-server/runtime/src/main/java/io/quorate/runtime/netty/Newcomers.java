package io.quorate.runtime.netty;

import io.quorate.runtime.metrics.TlsCounters;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are about to be encrypted, or about to say whether they want to be: how many there are, and how many
 * of one address. Core knows none of them yet, so that its limits cannot hold for them. Replica thread.
 */
final class Newcomers {

    private final int most;
    private final int mostOfAddress;
    private final TlsCounters counters;
    /** No zeros. */
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();

    /** @param mostOfAddress 0 is no limit */
    Newcomers(int most, int mostOfAddress, TlsCounters counters) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
        this.counters = counters;
    }

    /**
     * One more has come.
     *
     * @return why there is no room for it; null when there is, and then it has to {@link #leave}
     */
    @Nullable
    String enter(InetAddress address) {
        if (mostOfAddress > 0 && byAddress.getOrDefault(address, 0) >= mostOfAddress) {
            counters.exceeded();
            return "more than " + mostOfAddress + " others of its address are shaking hands";
        }
        if (counters.begun() > most) {
            counters.ended();
            counters.exceeded();
            return "more than " + most + " others are shaking hands";
        }
        byAddress.merge(address, 1, Integer::sum);
        return null;
    }

    /** One that had entered is encrypted, plain or gone. */
    void leave(InetAddress address) {
        counters.ended();
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }
}
