package io.quorate.cloud.zk.test;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the provider that the system property asks for. */
final class ServerChoice {

    private ServerChoice() {}

    static ServerUnderTest make() {
        return make(System.getProperty(ZkServerProvider.PROPERTY, EmbeddedServerProvider.NAME));
    }

    static ServerUnderTest make(String choice) {
        List<String> usages = new ArrayList<>();
        for (ZkServerProvider provider :
                ServiceLoader.load(ZkServerProvider.class, ZkServerProvider.class.getClassLoader())) {
            if (provider.provides(choice)) {
                return provider.create(choice);
            }
            usages.add(provider.usage());
        }
        throw new IllegalStateException("The system property " + ZkServerProvider.PROPERTY + " is '" + choice
                + "', which no provider knows: say one of " + String.join(", ", usages));
    }
}
