package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.ZkLane;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Writes the load of this instance into its registration, at most so often, and only when it has changed. */
public final class LoadPublisher implements AutoCloseable {

    private final Runnable ending;

    /** @param load requests in flight now */
    public LoadPublisher(
            ZkServiceRegistry registry,
            ZkRegistration registration,
            LongSupplier load,
            ZkLane lane,
            Duration interval) {
        ending = lane.scheduleEvery(() -> registry.setLoad(registration, load.getAsLong()), interval);
    }

    @Override
    public void close() {
        ending.run();
    }
}
