package io.quorate.core.request;

/**
 * How the container manager works (client protocol 5.7).
 *
 * @param checkIntervalMillis between two checks; positive
 * @param maxPerMinute deletions; positive
 * @param maxNeverUsedMillis age at which a container that never had a child goes as well; 0 is never
 */
public record ContainerOptions(long checkIntervalMillis, int maxPerMinute, long maxNeverUsedMillis) {

    public static final ContainerOptions DEFAULTS = new ContainerOptions(60_000, 10_000, 0);
}
