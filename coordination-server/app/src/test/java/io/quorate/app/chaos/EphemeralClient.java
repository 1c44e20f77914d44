package io.quorate.app.chaos;

import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Has an ephemeral node for a while and sees that it is there as long as the session answers. Then the session is
 * closed, or abandoned; in the end none of its nodes may be left.
 */
final class EphemeralClient extends ChaosClient {

    static final String ROOT = "/ephemerals";
    private static final int PAUSE_MILLIS = 200;

    private final int number;
    private int created;
    /** Acknowledged, and of the session that is named; null while there is none. */
    private @Nullable String path;

    private long owner;

    EphemeralClient(Ensemble ensemble, Ledger ledger, Random random, int number) {
        super(ensemble, ledger, random, PAUSE_MILLIS);
        this.number = number;
    }

    @Override
    void step(Session ready) throws KeeperException, InterruptedException {
        ZooKeeper client = ready.client();
        String present = path;
        if (present == null || owner != client.getSessionId()) {
            create(client);
        } else if (random.nextInt(6) > 0) {
            look(ready, present);
        } else {
            path = null;
            if (random.nextBoolean()) {
                ready.renew();
            } else {
                ready.abandon();
            }
        }
    }

    private void create(ZooKeeper client) throws KeeperException, InterruptedException {
        path = null;
        String wanted = ROOT + "/e" + number + "-" + ++created;
        client.create(wanted, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        ledger.written();
        path = wanted;
        owner = client.getSessionId();
    }

    private void look(Session session, String present) throws KeeperException, InterruptedException {
        session.sync(present);
        if (session.client().exists(present, false) == null) {
            path = null;
            ledger.anomaly("session 0x" + Long.toHexString(owner) + " is answered, but its node is gone: " + present);
        }
    }

    int created() {
        return created;
    }
}
