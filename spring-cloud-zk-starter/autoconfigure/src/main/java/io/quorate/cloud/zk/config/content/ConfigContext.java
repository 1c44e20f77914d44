package io.quorate.cloud.zk.config.content;

import org.springframework.util.Assert;

/**
 * One znode whose descendants form one property source.
 *
 * @param path absolute path of the znode, without a slash at its end
 * @param name what the property source is called
 * @param profileSpecific whether the context belongs to one profile, which decides its place among local files
 */
public record ConfigContext(String path, String name, boolean profileSpecific) {

    /**
     * A context with the name that Spring Cloud Zookeeper gives it: the path as it was written.
     *
     * @param written a path, with or without a slash in front, for example {@code config/orders,dev}
     * @throws IllegalArgumentException if the path has no level
     */
    public static ConfigContext of(String written, boolean profileSpecific) {
        String path = NodePaths.absolute(written);
        Assert.isTrue(path.length() > 1, () -> "A configuration context needs a path, not '" + written + "'");
        return new ConfigContext(path, written, profileSpecific);
    }

    /** The same context under a name that says whose it is: names of property sources must differ. */
    public ConfigContext at(String servers) {
        return new ConfigContext(path, name + "@" + servers, profileSpecific);
    }
}
