package io.quorate.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quorate.core.replica.ReplicaStatus;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Registers gauges over what a server publishes; each is NaN while there is no server. */
final class Gauges {

    private static final double MICROS_PER_MILLI = 1000;
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private final MeterRegistry registry;
    private final Supplier<@Nullable ReplicaStatus> status;
    private final Supplier<@Nullable ServerStatistics> statistics;

    Gauges(
            MeterRegistry registry,
            Supplier<@Nullable ReplicaStatus> status,
            Supplier<@Nullable ServerStatistics> statistics) {
        this.registry = registry;
        this.status = status;
        this.statistics = statistics;
    }

    void state(String name, String help, ToDoubleFunction<ReplicaStatus> value) {
        state(name, Tags.empty(), help, value);
    }

    void state(String name, Tags tags, String help, ToDoubleFunction<ReplicaStatus> value) {
        gauge(name, tags, help, () -> valueOrNaN(status.get(), value));
    }

    void count(String name, String help, ToDoubleFunction<ServerStatistics> value) {
        count(name, Tags.empty(), help, value);
    }

    private void count(String name, Tags tags, String help, ToDoubleFunction<ServerStatistics> value) {
        gauge(name, tags, help, () -> valueOrNaN(statistics.get(), value));
    }

    void gauge(String name, String help, Supplier<Number> value) {
        gauge(name, Tags.empty(), help, value);
    }

    private void gauge(String name, Tags tags, String help, Supplier<Number> value) {
        Gauge.builder(name, value).tags(tags).description(help).register(registry);
    }

    void summary(String name, String help, Function<ServerStatistics, LatencyHistogram> histogram) {
        summary(name, Tags.empty(), help, histogram);
    }

    /** Laid out as a summary, in milliseconds: quantiles, count and sum. Without a sample a quantile is NaN. */
    void summary(String name, Tags tags, String help, Function<ServerStatistics, LatencyHistogram> histogram) {
        for (double quantile : QUANTILES) {
            Tags tagged = tags.and("quantile", Double.toString(quantile));
            count(name, tagged, help, at -> millis(histogram.apply(at), quantile));
        }
        count(
                name + "_count",
                tags,
                help + ": how many",
                at -> histogram.apply(at).count());
        count(name + "_sum", tags, help + ": sum", at -> histogram.apply(at).totalMicros() / MICROS_PER_MILLI);
    }

    private static <T> double valueOrNaN(@Nullable T source, ToDoubleFunction<T> value) {
        return source == null ? Double.NaN : value.applyAsDouble(source);
    }

    private static double millis(LatencyHistogram histogram, double quantile) {
        return histogram.count() == 0 ? Double.NaN : histogram.percentileMicros(quantile) / MICROS_PER_MILLI;
    }
}
