package io.quorate.core.watch;

/**
 * The size of one of the two tables, for {@code mntr} and {@code wchs}.
 *
 * @param watches pairs of a connection and a path, whatever their number of modes
 * @param paths distinct paths
 * @param links distinct connections
 */
public record WatchCounts(int watches, int paths, int links) {}
