package io.quorate.cloud.zk.queue;

import org.apache.zookeeper.common.PathUtils;

/** What properties say of where queues and locks lie. */
public final class RootPath {

    private RootPath() {}

    /** @throws IllegalArgumentException when it is no path; it names the property */
    public static void require(String property, String path) {
        try {
            PathUtils.validatePath(path);
        } catch (IllegalArgumentException noPath) {
            throw new IllegalArgumentException(property + " cannot be '" + path + "': " + noPath.getMessage());
        }
    }
}
