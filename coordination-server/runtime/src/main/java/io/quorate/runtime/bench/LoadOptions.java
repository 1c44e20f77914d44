package io.quorate.runtime.bench;

/**
 * How a server is loaded.
 *
 * @param connections at a time; positive
 * @param inFlight requests that a connection has on their way; positive. Sessions are opened one at a time per
 * connection
 * @param valueBytes data of every node
 * @param keys nodes that are prepared to be read and overwritten; 1 to 999 999 999
 * @param warmUpMillis time before the measurement
 * @param measureMillis time of the measurement; positive
 * @param ratePerSecond requests begun per second over all connections, whatever the server does; 0 is as fast as it
 * answers
 */
public record LoadOptions(
        int connections,
        int inFlight,
        int valueBytes,
        int keys,
        int warmUpMillis,
        int measureMillis,
        int ratePerSecond) {

    private static final int MAX_KEYS = 999_999_999;

    /** What the project compares servers with. */
    public static final LoadOptions DEFAULTS = new LoadOptions(30, 32, 100, 1000, 5000, 10_000, 0);

    public LoadOptions {
        require(connections > 0, "connections", connections, "at least 1");
        require(inFlight > 0, "in-flight", inFlight, "at least 1");
        require(valueBytes >= 0, "value-bytes", valueBytes, "at least 0");
        require(keys > 0 && keys <= MAX_KEYS, "keys", keys, "1 to " + MAX_KEYS);
        require(warmUpMillis >= 0, "warm-up", warmUpMillis, "at least 0 ms");
        require(measureMillis > 0, "measure", measureMillis, "at least 1 ms");
        require(ratePerSecond >= 0, "rate", ratePerSecond, "at least 0");
    }

    private static void require(boolean valid, String name, int value, String range) {
        if (!valid) {
            throw new IllegalArgumentException(name + " is " + value + " but must be " + range);
        }
    }

    public LoadOptions withRate(int newRatePerSecond) {
        return new LoadOptions(connections, inFlight, valueBytes, keys, warmUpMillis, measureMillis, newRatePerSecond);
    }

    public LoadOptions withKeys(int newKeys) {
        return new LoadOptions(connections, inFlight, valueBytes, newKeys, warmUpMillis, measureMillis, ratePerSecond);
    }
}
