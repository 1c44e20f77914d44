package io.quorate.app.chaos;

import io.quorate.simulation.linearizability.LinearizabilityChecker;
import io.quorate.simulation.linearizability.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: an ensemble, its clients, its nemesis, and the judgement in the end. */
final class Campaign {

    private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);
    private static final int REGISTERS = 10;
    private static final int REGISTER_CLIENTS = 8;
    private static final int OTHER_CLIENTS = 2;
    private static final int SETUP_SESSION_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChaosOptions options;
    private final Path directory;
    private final Ledger ledger = new Ledger();
    private final Ensemble ensemble;
    private final Nemesis nemesis;
    private final List<ChaosClient> clients = new ArrayList<>();
    private final List<SequenceClient> sequences = new ArrayList<>();
    private final List<EphemeralClient> ephemerals = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param directory for logs and data; data are kept when the campaign fails */
    Campaign(ChaosOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
        ensemble = new Ensemble(options.servers(), directory);
        nemesis = new Nemesis(ensemble, options.faults(), ledger, new Random(options.seed()));
    }

    void run() {
        boolean passed = false;
        try {
            LOG.info("{}; logs in {}", options.command(), directory);
            ensemble.start();
            prepare();
            startClients();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun
                    < Duration.ofSeconds(options.seconds()).toNanos()) {
                nemesis.strike();
            }
            long faultNanos = System.nanoTime() - begun;
            stopClients();
            judge(faultNanos);
            passed = true;
        } catch (KeeperException | InterruptedException | RuntimeException e) {
            throw new AssertionError("the campaign broke off: " + e, e);
        } finally {
            clients.forEach(ChaosClient::stop);
            threads.forEach(Thread::interrupt);
            ensemble.close(passed ? null : directory);
            if (passed) {
                ensemble.members().forEach(member -> member.volume().delete());
            } else {
                LOG.error("Failed. Again with {}; logs and data are in {}", options.command(), directory);
            }
        }
    }

    private void prepare() throws KeeperException, InterruptedException {
        Session session = new Session(ensemble.connectString(new Random()), SETUP_SESSION_MILLIS);
        long begun = System.nanoTime();
        for (String root : List.of(RegisterClient.ROOT, SequenceClient.ROOT, EphemeralClient.ROOT)) {
            while (!created(session, root)) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new AssertionError("the ensemble does not serve");
                }
            }
        }
        session.close();
    }

    private static boolean created(Session session, String path) throws KeeperException, InterruptedException {
        if (!session.isReady()) {
            return false;
        }
        try {
            session.client().create(path, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            return true;
        } catch (KeeperException.NodeExistsException done) {
            return true;
        } catch (KeeperException.ConnectionLossException notYet) {
            return false;
        }
    }

    private void startClients() {
        Random seeds = new Random(options.seed() + 1);
        RegisterClient.Shared shared = RegisterClient.Shared.of(REGISTERS);
        for (int i = 0; i < REGISTER_CLIENTS; i++) {
            clients.add(new RegisterClient(ensemble, ledger, new Random(seeds.nextLong()), shared));
        }
        for (int i = 0; i < OTHER_CLIENTS; i++) {
            sequences.add(new SequenceClient(ensemble, ledger, new Random(seeds.nextLong()), i));
            ephemerals.add(new EphemeralClient(ensemble, ledger, new Random(seeds.nextLong()), i));
        }
        clients.add(new LoadClient(ensemble, ledger, new Random(seeds.nextLong())));
        clients.addAll(sequences);
        clients.addAll(ephemerals);
        for (ChaosClient client : clients) {
            Thread thread = new Thread(client, client.getClass().getSimpleName());
            threads.add(thread);
            thread.start();
        }
    }

    /** Each finishes what it has under way, on an ensemble that is well. */
    private void stopClients() throws InterruptedException {
        clients.forEach(ChaosClient::stop);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError("a client waits for an answer for ever: " + List.of(thread.getStackTrace()));
            }
        }
    }

    private void judge(long faultNanos) {
        Map<String, TreeWalk.Node> tree = converged();
        Verdict verdict = new LinearizabilityChecker().check(ledger.operations());
        List<String> wrong = new ArrayList<>(ledger.anomalies());
        Map<String, String> children = new TreeMap<>();
        tree.forEach((path, node) -> {
            if (path.startsWith(SequenceClient.ROOT + "/")) {
                children.put(path, node.data());
            }
        });
        wrong.addAll(SequenceClient.judge(sequences, children));
        for (Member member : ensemble.members()) {
            if (member.output().contains("Digest differs")) {
                wrong.add(member + " says that digests differ");
            }
        }
        if (!(verdict instanceof Verdict.Linearizable)) {
            wrong.add(verdict.toString());
            picture(verdict);
        }
        Summary summary = new Summary(options, faultNanos);
        summary.operations(ledger);
        summary.line(
                "sequential nodes acknowledged: %d; ephemeral nodes: %d",
                sequences.stream().mapToInt(SequenceClient::created).sum(),
                ephemerals.stream().mapToInt(EphemeralClient::created).sum());
        summary.faults(nemesis.counts(), ledger.longestGapNanos());
        summary.logs(ensemble);
        summary.line("all %d members hold the same %d nodes", ensemble.size(), tree.size());
        summary.line("verdict: %s", wrong.isEmpty() ? verdict : "FAILED: " + wrong.size() + " findings");
        wrong.stream().limit(20).forEach(finding -> summary.line("  %s", finding));
        LOG.info("\n{}", summary);
        if (!wrong.isEmpty()) {
            throw new AssertionError(summary.toString());
        }
    }

    private void picture(Verdict verdict) {
        if (verdict instanceof Verdict.NotLinearizable violation) {
            try {
                Path page = directory.resolve("violation.html");
                Files.writeString(page, violation.toHtml());
                LOG.error("A picture of it is in {}", page);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The tree that all members hold, once no session of the clients is left. */
    private Map<String, TreeWalk.Node> converged() {
        if (!Waiting.until(
                PATIENCE,
                () -> ensemble.members().stream()
                        .allMatch(member -> !member.role().isEmpty()))) {
            throw new AssertionError("not every member serves again: "
                    + ensemble.members().stream().map(Member::role).toList());
        }
        List<Map<String, TreeWalk.Node>> trees = new ArrayList<>();
        if (!Waiting.until(PATIENCE, () -> walk(trees))) {
            throw new AssertionError("no quiet tree to be read: "
                    + trees.stream().map(Campaign::ephemerals).toList());
        }
        for (int i = 1; i < trees.size(); i++) {
            List<String> differences = TreeWalk.differences(trees.get(0), trees.get(i));
            if (!differences.isEmpty()) {
                throw new AssertionError("servers 1 and " + (i + 1) + " differ: " + differences);
            }
        }
        return trees.get(0);
    }

    /** @return whether every member could be read, and the first one without a node of a session that is over */
    private boolean walk(List<Map<String, TreeWalk.Node>> trees) {
        trees.clear();
        try {
            for (Member member : ensemble.members()) {
                trees.add(TreeWalk.of(member));
            }
        } catch (KeeperException notYet) {
            LOG.info("Reading the trees again: {}", notYet.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trees were read", e);
        }
        return ephemerals(trees.get(0)).isEmpty();
    }

    private static List<String> ephemerals(Map<String, TreeWalk.Node> tree) {
        return tree.keySet().stream()
                .filter(path -> path.startsWith(EphemeralClient.ROOT + "/"))
                .toList();
    }
}
