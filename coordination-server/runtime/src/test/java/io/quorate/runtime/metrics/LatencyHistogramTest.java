package io.quorate.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

    private static final double[] QUANTILES = {0.001, 0.1, 0.25, 0.5, 0.55, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

    /** A value together with a huge one, which alone decides the maximum, must be found again in its bucket. */
    private static void assertWithinBound(int subBits, long value) {
        LatencyHistogram histogram = new LatencyHistogram(subBits);
        histogram.record(value);
        histogram.record(Long.MAX_VALUE);
        long found = histogram.percentileMicros(0.5);

        assertThat(found).as("percentile of %d", value).isGreaterThanOrEqualTo(value);
        assertThat(found - value).as("error at %d", value).isLessThanOrEqualTo(value >>> subBits);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 10})
    void theErrorIsBoundedAtAllMagnitudes(int subBits) {
        for (int exponent = 0; exponent < Long.SIZE - 1; exponent++) {
            long power = 1L << exponent;
            for (long offset : new long[] {0, 1, power >>> 3, power >>> 1, power - 1}) {
                assertWithinBound(subBits, power + offset);
                assertWithinBound(subBits, power - 1);
            }
        }
        assertWithinBound(subBits, Long.MAX_VALUE);
    }

    @Test
    void smallValuesAreExact() {
        for (long value = 0; value < 16; value++) {
            LatencyHistogram histogram = new LatencyHistogram();
            histogram.record(value);
            histogram.record(1000);
            assertThat(histogram.percentileMicros(0.5)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreThoseOfTheSortedValuesWithinTheError(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] values = random.longs(1000, 0, 1L << 40)
                .map(value -> value >>> random.nextInt(40))
                .toArray();
        LatencyHistogram histogram = new LatencyHistogram();
        Arrays.stream(values).forEach(histogram::record);
        Arrays.sort(values);

        for (double quantile : QUANTILES) {
            long exact = values[(int) Math.round(quantile * 1000) - 1];
            assertThat(histogram.percentileMicros(quantile))
                    .as("quantile %s", quantile)
                    .isBetween(exact, exact + (exact >>> 3));
        }
        assertThat(histogram.count()).isEqualTo(1000);
        assertThat(histogram.totalMicros()).isEqualTo(Arrays.stream(values).sum());
        assertThat(histogram.maxMicros()).isEqualTo(values[999]);
        assertThat(histogram.percentileMicros(1)).isEqualTo(values[999]);
    }

    /** Where the product of quantile and count is a whole number, rounding must not make it the next one. */
    @Test
    void ranksAreExact() {
        LatencyHistogram histogram = new LatencyHistogram(10);
        for (int value = 1; value <= 100; value++) {
            histogram.record(value);
        }
        for (int percent = 1; percent <= 100; percent++) {
            assertThat(histogram.percentileMicros(percent / 100.0)).isEqualTo(percent);
        }
        assertThat(histogram.percentileMicros(0)).isEqualTo(1);
        assertThat(histogram.percentileMicros(0.551)).isEqualTo(56);
    }

    @Test
    void withoutValuesEverythingIsZero() {
        LatencyHistogram histogram = new LatencyHistogram();
        assertThat(histogram.percentileMicros(0)).isZero();
        assertThat(histogram.percentileMicros(0.99)).isZero();
        assertThat(histogram.percentileMicros(1)).isZero();
        assertThat(histogram.maxMicros()).isZero();
    }

    @Test
    void aClockThatWentBackCountsAsNoTime() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(-5);
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.totalMicros()).isZero();
        assertThat(histogram.percentileMicros(1)).isZero();
    }

    @Test
    void aCopyStaysAsItWas() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(5);
        LatencyHistogram copy = histogram.copy();
        histogram.record(50);

        assertThat(copy.count()).isEqualTo(1);
        assertThat(copy.maxMicros()).isEqualTo(5);
        assertThat(copy.percentileMicros(1)).isEqualTo(5);
        assertThat(histogram.count()).isEqualTo(2);
    }
}
