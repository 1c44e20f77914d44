package io.quorate.sample.proof;

import java.time.Duration;
import java.util.Map;

/**
 * What became of the calls of a load.
 *
 * @param failures what was answered instead, and how often
 */
record Calls(int count, Map<String, Integer> failures, Duration slowest) {

    int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return count + " calls, " + failed() + " failed, slowest " + slowest.toMillis() + " ms";
    }
}
