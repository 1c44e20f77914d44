package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.curator.CuratorZookeeperClient;
import org.apache.curator.drivers.AdvancedTracerDriver;
import org.apache.curator.drivers.EventTrace;
import org.apache.curator.drivers.OperationTrace;
import org.apache.curator.drivers.TracerDriver;
import org.apache.zookeeper.KeeperException;

/**
 * Times the requests of a client as {@code zk.client.operations}, and passes them on to whoever has traced the client
 * before. Thread-safe.
 */
public final class OperationTimer extends AdvancedTracerDriver implements AutoCloseable {

    private static final String SUFFIX = "BuilderImpl";

    private final CuratorZookeeperClient client;
    private final TracerDriver former;
    private final MeterRegistry meters;
    private volatile boolean closed;

    /** Times the client from now on. */
    public OperationTimer(CuratorZookeeperClient client, MeterRegistry meters) {
        this.client = client;
        this.former = client.getTracerDriver();
        this.meters = meters;
        client.setTracerDriver(this);
    }

    @Override
    public void addTrace(OperationTrace trace) {
        if (former instanceof AdvancedTracerDriver advanced) {
            advanced.addTrace(trace);
        } else {
            former.addTrace(trace.getName(), trace.getLatencyMs(), TimeUnit.MILLISECONDS);
        }
        if (!closed) {
            time(trace);
        }
    }

    private void time(OperationTrace trace) {
        String operation = operation(trace.getName());
        // What the client does inside itself is traced as well, under names with dashes.
        if (operation.indexOf('-') < 0) {
            Timer.builder("zk.client.operations")
                    .description("Requests to the coordination service")
                    .tag("op", operation)
                    .tag("outcome", outcome(trace.getReturnCode()))
                    .register(meters)
                    .record(trace.getLatencyMs(), TimeUnit.MILLISECONDS);
        }
    }

    /** Curator names its requests by the class that makes them, for example "GetDataBuilderImpl-Background". */
    private static String operation(String name) {
        int suffix = name.indexOf(SUFFIX);
        return suffix <= 0 ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1, suffix);
    }

    private static String outcome(int code) {
        KeeperException.Code known = KeeperException.Code.get(code);
        return known == null ? "unknown" : known.name().toLowerCase(Locale.ROOT);
    }

    /** Changes of the connection have meters of their own. */
    @Override
    public void addEvent(EventTrace trace) {
        if (former instanceof AdvancedTracerDriver advanced) {
            advanced.addEvent(trace);
        } else {
            former.addCount(trace.getName(), 1);
        }
    }

    /**
     * Leaves the client, which may be the application's own and live on, as it was. Whoever traces it since goes on: a
     * timer below another one that is in use times nothing any more, and goes with that one.
     */
    @Override
    public void close() {
        closed = true;
        TracerDriver present = client.getTracerDriver();
        while (present instanceof OperationTimer timer && timer.closed) {
            present = timer.former;
        }
        client.setTracerDriver(present);
    }
}
