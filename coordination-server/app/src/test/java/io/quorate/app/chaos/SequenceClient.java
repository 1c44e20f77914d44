package io.quorate.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;

/** Creates sequential nodes and remembers what became of each. */
final class SequenceClient extends ChaosClient {

    static final String ROOT = "/sequence";
    private static final int PAUSE_MILLIS = 400;

    /** @param name null when the answer was lost */
    private record Creation(
            String data, @org.jspecify.annotations.Nullable String name, long begun, long returned) {}

    private final int number;
    private final List<Creation> creations = new ArrayList<>();

    SequenceClient(Ensemble ensemble, Ledger ledger, Random random, int number) {
        super(ensemble, ledger, random, PAUSE_MILLIS);
        this.number = number;
    }

    @Override
    void step(Session ready) throws KeeperException, InterruptedException {
        String data = number + "-" + creations.size();
        long begun = System.nanoTime();
        String name = null;
        try {
            name = ready.client()
                    .create(ROOT + "/n-", data.getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            ledger.written();
        } finally {
            creations.add(new Creation(data, name, begun, System.nanoTime()));
        }
    }

    /**
     * Judges all of them against the children that there are in the end, by path, with their data.
     *
     * @return what is wrong
     */
    static List<String> judge(List<SequenceClient> clients, Map<String, String> children) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> byData = new HashMap<>();
        children.forEach((path, data) -> {
            String other = byData.put(data, path);
            if (other != null) {
                wrong.add("created twice: " + data + " as " + other + " and " + path);
            }
        });
        Map<String, Creation> acknowledged = new TreeMap<>();
        for (SequenceClient client : clients) {
            for (Creation creation : client.creations) {
                Object there = byData.remove(creation.data());
                if (creation.name() == null) {
                    continue;
                }
                if (!creation.name().equals(there)) {
                    wrong.add("acknowledged as " + creation.name() + " and there as " + there + ": " + creation);
                }
                Creation other = acknowledged.put(creation.name(), creation);
                if (other != null) {
                    wrong.add("one name for two: " + creation + " and " + other);
                }
            }
        }
        byData.forEach((data, path) -> wrong.add("nobody created " + path + " with " + data));
        order(new ArrayList<>(acknowledged.values()), wrong);
        return wrong;
    }

    /** Whoever began after another had returned has the higher number. Names sort as their numbers do. */
    private static void order(List<Creation> byName, List<String> wrong) {
        long earliestReturn = Long.MAX_VALUE;
        byName.sort(Comparator.comparing(creation -> String.valueOf(creation.name())));
        for (int i = byName.size() - 1; i >= 0; i--) {
            Creation creation = byName.get(i);
            if (earliestReturn < creation.begun()) {
                wrong.add("begun after a higher number had returned: " + creation);
            }
            earliestReturn = Math.min(earliestReturn, creation.returned());
        }
    }

    int created() {
        return (int)
                creations.stream().filter(creation -> creation.name() != null).count();
    }
}
