package io.quorate.app.zookeeper;

import java.util.List;
import java.util.stream.Collectors;

/** Settings of a ZooKeeper configuration that must not be passed over in silence; exit code 2. */
public final class ZooKeeperSettingsRefused extends RuntimeException {

    /**
     * @param key as ZooKeeper writes it
     * @param origin where it stands
     * @param remedy why it is refused, and what to do
     */
    public record Refusal(String key, String origin, String remedy) {}

    private final transient List<Refusal> refusals;

    public ZooKeeperSettingsRefused(List<Refusal> refusals) {
        super("The ZooKeeper configuration asks for what this server does not do: "
                + refusals.stream()
                        .map(refusal -> refusal.key() + " (" + refusal.origin() + ")")
                        .collect(Collectors.joining(", ")));
        this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
        return refusals;
    }
}
