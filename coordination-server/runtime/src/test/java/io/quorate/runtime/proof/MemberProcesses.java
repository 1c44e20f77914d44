package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.ServerClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of one ensemble, each in a process of its own, which may be of either program and of the other one the
 * next time. Ids count from 1, voters first. Used by one thread.
 */
final class MemberProcesses implements AutoCloseable {

    private static final long NO_SESSION = 7;
    private static final Pattern OUR_ROLE = Pattern.compile("server ([A-Z]+) \\(leader: ");
    private static final Pattern OUR_EPOCH = Pattern.compile("Epoch (\\d+) stands here");
    private static final Pattern THEIR_EPOCH =
            Pattern.compile("starting up and setting last processed zxid: 0x([0-9a-f]+)");

    private final Path directory;
    private final int voters;
    private final List<ServerProcess> members = new ArrayList<>();

    /** @param lines of everybody's configuration, beside those that an ensemble needs */
    MemberProcesses(Path directory, int voters, int observers, String... lines) {
        this(directory, new EnsemblePlan(voters, observers, lines));
    }

    MemberProcesses(Path directory, EnsemblePlan plan) {
        this.directory = directory;
        voters = plan.voters();
        for (int id = 1; id <= plan.count(); id++) {
            members.add(new ServerProcess(home(id), plan.clientPort(id), plan.linesOf(id), plan.flagsOf(id)));
        }
    }

    private Path home(int id) {
        return directory.resolve("member-" + id);
    }

    Path data(int id) {
        return home(id).resolve("data");
    }

    ServerProcess member(int id) {
        return members.get(id - 1);
    }

    /** All for the first time, members 1, 2 and so on; which of them leads is known: the last of the voters. */
    void startAll(ServerProgram... programs) {
        List<Integer> order = new ArrayList<>(List.of(1, voters));
        for (int id = 2; id <= programs.length; id++) {
            if (id != voters) {
                order.add(id);
            }
        }
        // Two without data elect the larger id; whoever comes later follows.
        order.subList(0, 2).forEach(id -> launch(id, programs[id - 1]));
        order.subList(0, 2).forEach(this::awaitServing);
        order.subList(2, order.size()).forEach(id -> start(id, programs[id - 1]));
        assertThat(awaitLeader()).isEqualTo(voters);
    }

    /** Starts a member on its data, or on none, and does not wait. */
    void launch(int id, ServerProgram program) {
        try {
            Files.createDirectories(data(id));
            Files.writeString(data(id).resolve("myid"), String.valueOf(id));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot prepare " + data(id), failed);
        }
        member(id).launch(program);
    }

    /** Starts a member on its data, or on none, and returns when it serves. */
    void start(int id, ServerProgram program) {
        launch(id, program);
        awaitServing(id);
    }

    /** Waits until a member opens sessions, which takes a quorum. None is left open: its end would be a write. */
    void awaitServing(int id) {
        member(id).await("serves", () -> {
            if (!FrameClient.isAnswered(member(id).address(), Handshake.resume(NO_SESSION, new byte[16]))) {
                return false;
            }
            try (KitSession session = KitSession.open(member(id).address())) {
                return session.id() != 0 && session.closeSession().err() == 0;
            } catch (ServerClosed | UncheckedIOException notYet) {
                return false;
            }
        });
    }

    /** Takes everything from a member that does not run. */
    void wipe(int id) {
        try (Stream<Path> files = Files.walk(data(id))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot delete " + data(id), failed);
        }
    }

    /** Who says that it leads; 0 when nobody does. */
    int leader() {
        for (int id = 1; id <= members.size(); id++) {
            if (member(id).isRunning() && mode(id).equals("leader")) {
                return id;
            }
        }
        return 0;
    }

    /** The id of the member that leads, once there is one. */
    int awaitLeader() {
        int[] found = new int[1];
        anyRunning().await("agrees on a leader", () -> {
            found[0] = leader();
            return found[0] != 0;
        });
        return found[0];
    }

    private ServerProcess anyRunning() {
        return members.stream()
                .filter(ServerProcess::isRunning)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody runs"));
    }

    /** What a member says it is; empty while it serves nobody. */
    String mode(int id) {
        return value(id, "srvr", "Mode: ");
    }

    /** The value behind a key of {@code mntr}; empty when there is none. */
    String monitored(int id, String key) {
        return value(id, "mntr", key + "\t");
    }

    private String value(int id, String word, String before) {
        return answer(id, word)
                .lines()
                .filter(line -> line.startsWith(before))
                .map(line -> line.substring(before.length()))
                .findFirst()
                .orElse("");
    }

    /** What a member answers to a four-letter word; empty while it does not listen. */
    String answer(int id, String word) {
        try {
            return member(id).ask(word);
        } catch (UncheckedIOException notListening) {
            // Between two terms a member may have no client port at all.
            return "";
        }
    }

    /** The epoch of what a member that serves has applied last. */
    long epoch(int id) {
        return Long.parseUnsignedLong(value(id, "srvr", "Zxid: 0x"), 16) >>> Integer.SIZE;
    }

    /** What a member has said, as leader, of how it brought others up to date, oldest first. */
    List<String> waysOf(int id) {
        return member(id).logLines().stream()
                .map(MemberProcesses::way)
                .filter(way -> !way.isEmpty())
                .toList();
    }

    /** The same for one learner alone: others may come back meanwhile. */
    List<String> waysOf(int id, int learner) {
        Pattern named = Pattern.compile("(peer sid: ?|Server )" + learner + "\\b");
        return member(id).logLines().stream()
                .filter(line -> named.matcher(line).find())
                .map(MemberProcesses::way)
                .filter(way -> !way.isEmpty())
                .toList();
    }

    private static String way(String line) {
        for (String way : List.of("DIFF", "TRUNC", "SNAP")) {
            if (line.contains("brought up to date by " + way + " in ")
                    || line.contains("Sending " + way + " zxid=")
                    || line.contains("Sending " + way + " to follower")) {
                return way;
            }
        }
        return line.contains("Sending snapshot last zxid") ? "SNAP" : "";
    }

    /** How often a member has said, as leader, that it closes the connection to a learner. */
    long givenUpBy(int id) {
        return member(id).logLines().stream()
                .filter(line -> line.contains(" is given up: ") || line.contains("GOODBYE"))
                .count();
    }

    /**
     * No epoch has had two leaders, and nobody has led an older one after a newer one, as far as the members say.
     *
     * @return how many terms there have been
     */
    int requireOneLeaderPerEpoch() {
        Map<Long, Integer> leaders = new TreeMap<>();
        for (int id = 1; id <= members.size(); id++) {
            List<Long> epochs = epochsOf(id);
            assertThat(epochs).as("epochs that member %s led", id).isSorted().doesNotHaveDuplicates();
            for (long epoch : epochs) {
                Integer other = leaders.put(epoch, id);
                assertThat(other).as("beside %s, leader of epoch %s", id, epoch).isNull();
            }
        }
        assertThat(leaders).isNotEmpty();
        return leaders.size();
    }

    /** Those that stood under a member, as it has said, oldest first. */
    private List<Long> epochsOf(int id) {
        List<Long> epochs = new ArrayList<>();
        boolean leads = false;
        for (String line : member(id).logLines()) {
            Matcher role = OUR_ROLE.matcher(line);
            if (role.find()) {
                leads = role.group(1).equals("LEADING");
            }
            Matcher ours = OUR_EPOCH.matcher(line);
            Matcher theirs = THEIR_EPOCH.matcher(line);
            if (leads && ours.find()) {
                epochs.add(Long.valueOf(ours.group(1)));
            } else if (theirs.find()) {
                epochs.add(Long.parseUnsignedLong(theirs.group(1), 16) >>> Integer.SIZE);
            }
        }
        return epochs;
    }

    /** Where clients find the voters. */
    String connectString() {
        return members.stream().limit(voters).map(ServerProcess::connectString).collect(Collectors.joining(","));
    }

    KitSession open(int id) {
        // Tests keep sessions while they see to others, and nothing is heard of them meanwhile.
        KitSession session = KitSession.open(
                member(id).address(), Handshake.newSession().withTimeoutMillis(ServerMain.MAX_SESSION_TIMEOUT_MILLIS));
        session.digest(TreeOfAllKinds.CREDENTIALS).ok();
        return session;
    }

    /** Everything that clients of this member can read, as of now, but for what each member has for itself. */
    Map<String, String> tree(int id) {
        awaitServing(id);
        try (KitSession session = open(id)) {
            session.call(Op.SYNC, Bodies.path("/")).ok();
            Map<String, String> tree = new TreeMap<>(TreeWalk.of(session));
            tree.keySet().removeIf(path -> path.startsWith("/zookeeper"));
            session.closeSession().ok();
            return tree;
        }
    }

    /** All that run have the same tree. */
    void requireEqual() {
        Map<String, String> first = null;
        for (int id = 1; id <= members.size(); id++) {
            if (!member(id).isRunning()) {
                continue;
            }
            Map<String, String> tree = tree(id);
            if (first == null) {
                first = tree;
            }
            assertThat(tree.keySet()).as("paths on member %s", id).isEqualTo(first.keySet());
            assertThat(tree).as("tree on member %s", id).isEqualTo(first);
        }
        assertThat(first).isNotNull();
    }

    /** None has found a difference between its digest and the leader's since it was started. */
    void requireNoDigestMismatch() {
        for (int id = 1; id <= members.size(); id++) {
            requireNoDigestMismatch(id);
        }
    }

    void requireNoDigestMismatch(int id) {
        assertThat(monitored(id, "zk_digest_mismatches_count"))
                .as("digest mismatches on member %s", id)
                .isEqualTo("0");
    }

    @Override
    public void close() {
        members.forEach(ServerProcess::close);
    }
}
