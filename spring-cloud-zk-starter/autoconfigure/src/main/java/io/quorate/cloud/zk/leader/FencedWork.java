package io.quorate.cloud.zk.leader;

/**
 * What a leader does.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface FencedWork<T> {

    /** @param fence commits for this leadership, and for no other */
    T run(Fence fence);
}
