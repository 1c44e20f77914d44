package io.quorate.app.chaos;

import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;

/** Writes what nobody reads, so that logs grow, disks get full, snapshots are made and narrow links are felt. */
final class LoadClient extends ChaosClient {

    static final String PATH = "/load";
    private static final int PAUSE_MILLIS = 50;
    private static final int VALUE_BYTES = 8 << 10;

    LoadClient(Ensemble ensemble, Ledger ledger, Random random) {
        super(ensemble, ledger, random, PAUSE_MILLIS);
    }

    @Override
    void step(Session ready) throws KeeperException, InterruptedException {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        try {
            ready.client().setData(PATH, value, -1);
        } catch (KeeperException.NoNodeException first) {
            ready.client().create(PATH, value, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        ledger.written();
    }
}
