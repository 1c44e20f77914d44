package io.quorate.cloud.zk.discovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.cloud.client.ServiceInstance;

/** How many requests an instance has in flight, as it says in its own metadata. */
public final class PublishedLoad {

    /** Metadata key: a decimal number. */
    public static final String KEY = "requests_in_flight";

    private PublishedLoad() {}

    /** Zero or more; empty when the instance publishes none, or what can be none. */
    public static OptionalLong of(ServiceInstance instance) {
        String text = instance.getMetadata().get(KEY);
        try {
            long load = text == null ? -1 : Long.parseLong(text);
            return load < 0 ? OptionalLong.empty() : OptionalLong.of(load);
        } catch (NumberFormatException foreign) {
            return OptionalLong.empty();
        }
    }

    /** Everything that is registered but the load, for comparisons. */
    static InstanceRecord without(ZkServiceInstance instance) {
        InstanceRecord registered = instance.instance();
        if (!registered.metadata().containsKey(KEY)) {
            return registered;
        }
        Map<String, String> others = new LinkedHashMap<>(registered.metadata());
        others.remove(KEY);
        return registered.withMetadata(others);
    }
}
