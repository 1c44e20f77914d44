package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link WriteLoad}. Each write is made sure of before the next: after a lost connection it is read
 * back, or sent again where nobody can have applied it. It holds the server to what it has been told: a version that it
 * did not write, or a zxid that goes back, is a failure.
 */
final class LoadWriter {

    private static final int SESSION_TIMEOUT_MILLIS = 60_000;
    /** So many of its nodes are left; older ones are deleted. */
    private static final int KEPT = 50;

    private final String home;
    private final String ephemeral;
    private final ZooKeeper client;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Set<Integer> present = new HashSet<>();
    private long sessionId;
    /** What {@link #home} holds, and the version it has. */
    private int written;

    private long lastZxid;
    private volatile long acknowledged;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    LoadWriter(String connectString, int number) throws IOException {
        home = WriteLoad.ROOT + "/w" + number;
        ephemeral = WriteLoad.ROOT + "/e" + number;
        client = new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
    }

    void prepare() throws InterruptedException {
        assertThat(connected.await(WriteLoad.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s is connected", home)
                .isTrue();
        try {
            client.create(home, text(0), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            client.create(ephemeral, text(0), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        } catch (KeeperException refused) {
            throw new IllegalStateException("Cannot prepare " + home, refused);
        }
        sessionId = client.getSessionId();
    }

    private static byte[] text(int number) {
        return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    }

    void run() {
        try {
            while (!ended) {
                set(written + 1);
                create(written);
                if (written > KEPT) {
                    delete(written - KEPT);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private void set(int value) throws KeeperException, InterruptedException {
        boolean lost = false;
        while (true) {
            try {
                Stat stat = client.setData(home, text(value), value - 1);
                took(stat.getMzxid());
                break;
            } catch (KeeperException.ConnectionLossException loss) {
                lost = true;
            } catch (KeeperException.BadVersionException bad) {
                // The one that was lost had arrived.
                Stat stat = lost ? reread(value) : null;
                if (stat == null) {
                    throw bad;
                }
                took(stat.getMzxid());
                break;
            }
        }
        written = value;
        acknowledged++;
    }

    private @Nullable Stat reread(int value) throws KeeperException, InterruptedException {
        while (true) {
            try {
                Stat stat = new Stat();
                client.sync(home, (code, path, context) -> {}, null);
                byte[] data = client.getData(home, false, stat);
                return new String(data, StandardCharsets.US_ASCII).equals(String.valueOf(value)) ? stat : null;
            } catch (KeeperException.ConnectionLossException loss) {
                continue;
            }
        }
    }

    private void took(long zxid) {
        if (zxid <= lastZxid) {
            throw new AssertionError(
                    home + ": zxid " + Long.toHexString(zxid) + " after " + Long.toHexString(lastZxid));
        }
        lastZxid = zxid;
    }

    private void create(int number) throws KeeperException, InterruptedException {
        boolean lost = false;
        while (true) {
            try {
                client.multi(List.of(
                        Op.check(home, number),
                        Op.create(node(number), text(number), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)));
                break;
            } catch (KeeperException.ConnectionLossException loss) {
                lost = true;
            } catch (KeeperException.NodeExistsException exists) {
                if (!lost) {
                    throw exists;
                }
                break;
            }
        }
        present.add(number);
        acknowledged++;
    }

    private void delete(int number) throws KeeperException, InterruptedException {
        boolean lost = false;
        while (true) {
            try {
                client.delete(node(number), 0);
                break;
            } catch (KeeperException.ConnectionLossException loss) {
                lost = true;
            } catch (KeeperException.NoNodeException gone) {
                if (!lost) {
                    throw gone;
                }
                break;
            }
        }
        present.remove(number);
        acknowledged++;
    }

    private String node(int number) {
        return home + "/n" + number;
    }

    void end() {
        ended = true;
    }

    long acknowledged() {
        return acknowledged;
    }

    void requireHealth() {
        Throwable seen = failure;
        if (seen != null) {
            throw new AssertionError("The writer of " + home + " after " + acknowledged + " writes", seen);
        }
    }

    /** Once it has ended. */
    void check(KitSession session, String who) {
        Node.Data data = session.getData(home, false).data();
        assertThat(data.text()).as("%s on %s", home, who).isEqualTo(String.valueOf(written));
        assertThat(data.stat().version()).as("version of %s on %s", home, who).isEqualTo(written);
        assertThat(session.getChildren(home, false).children())
                .as("children of %s on %s", home, who)
                .containsExactlyInAnyOrderElementsOf(
                        present.stream().map(number -> "n" + number).toList());
        assertThat(client.getSessionId()).as("session of %s", home).isEqualTo(sessionId);
        assertThat(session.exists(ephemeral, false).stat().ephemeralOwner())
                .as("owner of %s on %s", ephemeral, who)
                .isEqualTo(sessionId);
    }

    void close() throws InterruptedException {
        client.close();
    }
}
