package io.quorate.cloud.zk;

import java.time.Duration;

/** No server could be reached in the time that was given. */
public final class ZkConnectException extends RuntimeException {

    private final String connectString;
    private final Duration waited;
    private final String findings;

    /**
     * @param connectString the servers
     * @param waited how long
     * @param findings what is wrong with each server, for people
     */
    public ZkConnectException(String connectString, Duration waited, String findings) {
        super("No connection to " + connectString + " within " + waited.toMillis() + " ms: " + findings);
        this.connectString = connectString;
        this.waited = waited;
        this.findings = findings;
    }

    public String connectString() {
        return connectString;
    }

    public Duration waited() {
        return waited;
    }

    /** What is wrong with each server, for people. */
    public String findings() {
        return findings;
    }
}
