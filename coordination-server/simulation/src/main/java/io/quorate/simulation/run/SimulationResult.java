package io.quorate.simulation.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param traceHash equal for two runs exactly when they were the same
 * @param answered requests that were answered
 * @param unknown requests whose fate their clients do not know
 * @param committed transactions; 0 when a violation came first
 * @param crashes that a server came back from
 * @param faults how often each kind happened
 * @param violation what did not hold; null when all is well
 */
public record SimulationResult(
        long seed,
        Shape shape,
        long traceHash,
        long answered,
        long unknown,
        long committed,
        int crashes,
        Map<Fault, Integer> faults,
        @Nullable RuntimeException violation) {}
