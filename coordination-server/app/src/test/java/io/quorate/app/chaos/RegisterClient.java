package io.quorate.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.simulation.linearizability.Operation;
import io.quorate.simulation.linearizability.Operation.Call;
import io.quorate.simulation.linearizability.Operation.Kind;
import io.quorate.simulation.linearizability.Operation.Outcome;
import io.quorate.simulation.linearizability.Operation.Status;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** Writes to a few registers and reads them behind a sync; every value is written once. */
final class RegisterClient extends ChaosClient {

    static final String ROOT = "/registers";
    private static final int PAUSE_MILLIS = 20;
    private static final int ABSENT = -1;

    /**
     * What all clients of registers share: what is left to chance would seldom meet a version, and seldom look where
     * somebody else has just written.
     *
     * @param versions last seen by anybody; {@link #ABSENT} for none
     * @param written the register that somebody was last told to have written
     */
    record Shared(AtomicIntegerArray versions, AtomicLong values, AtomicInteger written) {

        static Shared of(int registers) {
            return new Shared(new AtomicIntegerArray(registers), new AtomicLong(), new AtomicInteger());
        }
    }

    private final Shared shared;
    private int client;

    RegisterClient(Ensemble ensemble, Ledger ledger, Random random, Shared shared) {
        super(ensemble, ledger, random, PAUSE_MILLIS);
        this.shared = shared;
        client = ledger.newClient();
    }

    @Override
    void step(Session ready) throws KeeperException, InterruptedException {
        int register = random.nextBoolean()
                ? shared.written().get()
                : random.nextInt(shared.versions().length());
        String path = ROOT + "/r" + register;
        Call call = call(shared.versions().get(register));
        long invoked = System.nanoTime();
        Outcome outcome = Outcome.UNKNOWN;
        try {
            outcome = ask(ready, path, call);
        } catch (KeeperException.NoNodeException none) {
            outcome = Outcome.failed(Status.NO_NODE);
        } catch (KeeperException.NodeExistsException exists) {
            outcome = Outcome.failed(Status.NODE_EXISTS);
        } catch (KeeperException.BadVersionException other) {
            outcome = Outcome.failed(Status.BAD_VERSION);
        } finally {
            long returned = outcome.status() == Status.UNKNOWN ? Operation.NEVER : System.nanoTime();
            ledger.add(new Operation(client, path, call, outcome, invoked, returned));
            if (outcome.status() == Status.UNKNOWN) {
                client = ledger.newClient();
            }
        }
        note(register, call, outcome);
    }

    private void note(int register, Call call, Outcome outcome) {
        boolean absent = call.kind() == Kind.DELETE || outcome.status() == Status.NO_NODE;
        if (outcome.status() == Status.OK || outcome.status() == Status.NO_NODE) {
            shared.versions().set(register, absent ? ABSENT : Math.max(0, outcome.version()));
        }
        if (outcome.status() == Status.OK && call.value() != null) {
            shared.written().set(register);
        }
    }

    private Call call(int version) {
        String value = "v" + shared.values().incrementAndGet();
        int chance = random.nextInt(100);
        if (chance < 50) {
            return chance < 42 ? Call.get() : Call.exists();
        } else if (version == ABSENT || chance < 53) {
            return Call.create(value);
        } else if (chance < 56) {
            return Call.delete(random.nextInt(3) == 0 ? Operation.ANY : version);
        }
        return Call.set(value, random.nextInt(8) == 0 ? Operation.ANY : version);
    }

    private Outcome ask(Session session, String path, Call call) throws KeeperException, InterruptedException {
        ZooKeeper client = session.client();
        byte[] value = String.valueOf(call.value()).getBytes(UTF_8);
        switch (call.kind()) {
            case CREATE -> {
                client.create(path, value, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                ledger.written();
                return Outcome.DONE;
            }
            case SET -> {
                int version = client.setData(path, value, call.version()).getVersion();
                ledger.written();
                return Outcome.version(version);
            }
            case DELETE -> {
                client.delete(path, call.version());
                ledger.written();
                return Outcome.DONE;
            }
            case EXISTS -> {
                session.sync(path);
                Stat stat = client.exists(path, false);
                return stat == null ? Outcome.failed(Status.NO_NODE) : Outcome.version(stat.getVersion());
            }
            case GET -> {
                session.sync(path);
                Stat stat = new Stat();
                String read = new String(client.getData(path, false, stat), UTF_8);
                return Outcome.read(stat.getVersion(), read);
            }
        }
        throw new IllegalStateException(call.toString());
    }
}
