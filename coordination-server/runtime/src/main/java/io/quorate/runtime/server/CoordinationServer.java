package io.quorate.runtime.server;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.metrics.ServerStatistics;
import java.util.concurrent.CompletableFuture;

/**
 * A running server. {@link #start} returns when it serves; {@link #close} returns when it has stopped.
 *
 * <p>Thread-safe. Everything here may be called from any thread but the server's own.
 */
public final class CoordinationServer implements AutoCloseable {

    private CoordinationServer() {}
}
