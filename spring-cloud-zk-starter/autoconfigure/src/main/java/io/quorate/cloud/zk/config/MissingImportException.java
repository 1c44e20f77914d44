package io.quorate.cloud.zk.config;

import java.io.Serial;
import java.util.Collection;
import java.util.List;

/** Properties say where configuration lies, and nothing imports it. */
public final class MissingImportException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> properties;

    MissingImportException(Collection<String> names) {
        super("No spring.config.import names zookeeper: or zk:, so that "
                + names.stream()
                        .map(name -> ZkConfigProperties.PREFIX + "." + name)
                        .toList() + " have no effect");
        this.properties = names.stream()
                .map(name -> ZkConfigProperties.PREFIX + "." + name)
                .toList();
    }

    /** The properties without effect. */
    public List<String> properties() {
        return properties;
    }
}
