package io.quorate.cloud.zk.discovery;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalog at one moment.
 *
 * @param instances how many each followed service has that is loaded, by its name
 * @param staleSince since when the catalog cannot be followed; null while it is followed
 * @param malformed nodes so far that were no instances, each version of a node once
 * @param changes so far
 */
public record CatalogStatus(
        Map<String, Integer> instances, @Nullable Instant staleSince, long malformed, long changes) {}
