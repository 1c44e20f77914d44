package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.curator.drivers.AdvancedTracerDriver;
import org.apache.curator.drivers.EventTrace;
import org.apache.curator.drivers.OperationTrace;
import org.apache.zookeeper.KeeperException;

/** Times the requests of the client as {@code zk.client.operations}. Thread-safe. */
public final class OperationTimer extends AdvancedTracerDriver {

    private static final String SUFFIX = "BuilderImpl";

    private final MeterRegistry meters;

    public OperationTimer(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void addTrace(OperationTrace trace) {
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

    @Override
    public void addEvent(EventTrace trace) {
        // Changes of the connection have meters of their own.
    }
}
