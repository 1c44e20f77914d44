package io.quorate.cloud.zk.config.refresh;

import java.util.Set;

/** New content that the environment does not have yet. */
public interface Difference {

    /** The keys that differ, sorted. */
    Set<String> keys();

    /** Lays the content out for the refresh that follows. */
    void offer();

    /** Whether a refresh has taken it. */
    boolean taken();

    /** Takes the offer back. */
    void withdraw();

    /**
     * Notes that the application could not live with the content, so that it is not offered again until it changes, and
     * lays out what the application had before.
     */
    void refuse();
}
