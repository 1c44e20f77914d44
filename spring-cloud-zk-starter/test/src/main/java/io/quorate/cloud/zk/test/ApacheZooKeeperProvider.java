package io.quorate.cloud.zk.test;

import java.util.Map;
import org.springframework.util.ClassUtils;

/**
 * Apache ZooKeeper in this virtual machine. Its client, which everybody has, contains the server too, but not the
 * libraries that only the server needs.
 */
public final class ApacheZooKeeperProvider implements ZkServerProvider {

    static final String NAME = "zookeeper";

    private static final Map<String, String> LIBRARIES = Map.of(
            "com.codahale.metrics.Reservoir", "io.dropwizard.metrics:metrics-core",
            "org.xerial.snappy.SnappyInputStream", "org.xerial.snappy:snappy-java");

    @Override
    public String usage() {
        return NAME;
    }

    @Override
    public boolean provides(String choice) {
        return choice.equals(NAME);
    }

    @Override
    public ServerUnderTest create(String choice) {
        LIBRARIES.forEach((needed, library) -> {
            if (!ClassUtils.isPresent(needed, ApacheZooKeeperProvider.class.getClassLoader())) {
                throw new IllegalStateException("Apache ZooKeeper cannot run as a server here, for " + needed
                        + " is not on the class path: add " + library + " in test scope");
            }
        });
        return new ApacheZooKeeper();
    }
}
