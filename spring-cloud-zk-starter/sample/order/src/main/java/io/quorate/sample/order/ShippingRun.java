package io.quorate.sample.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of the shipping job.
 *
 * @param token of the leadership under which it ran: larger for every later leader
 * @param instance that ran it
 * @param ended null for one that is running, or whose process has died in it
 */
record ShippingRun(
        long id,
        long token,
        String instance,
        Instant started,
        @Nullable Instant ended,
        int shipped) {}
