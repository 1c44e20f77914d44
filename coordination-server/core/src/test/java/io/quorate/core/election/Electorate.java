package io.quorate.core.election;

import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Servers that elect a leader and do nothing else, over a {@link SeededNetwork}. What comes after an election is
 * reduced to what elections see of it: who follows joins the leader, a leader whom a quorum has joined gives its term
 * an epoch, and whoever loses its leader, or its followers, looks again.
 */
final class Electorate {

    static final long MILLI = 1_000_000;
    /** How long a leader waits for followers, and a follower for its leader. */
    private static final long PATIENCE_NANOS = 1000 * MILLI;

    private static final long RETRY_NANOS = 10 * MILLI;

    /** Somebody has made up its mind. */
    record Decision(long atNanos, long serverId, long leader) {}

    final SeededNetwork network;
    final TreeMap<Long, Server> servers = new TreeMap<>();
    final List<Decision> decisions = new ArrayList<>();
    private final Membership membership;
    private final long seed;

    Electorate(long seed, Membership membership, long maxDelayNanos) {
        this.seed = seed;
        this.membership = membership;
        network = new SeededNetwork(seed, maxDelayNanos);
        membership.servers().forEach(server -> servers.put(server.id(), new Server(server.id())));
    }

    /** One server. What it has outlives its process; everything else is made anew by {@link #start}. */
    final class Server implements SeededNetwork.Station, Election.Output, ElectionMesh.Receiver {

        final long id;
        long zxid;
        long epoch;

        boolean up;
        /** Counts processes and elections: what was meant for a former one means nothing. */
        private int term;

        Election election;
        ElectionMesh mesh;
        long leader;
        boolean established;
        /** Those that have joined this leader. */
        private final TreeSet<Long> followers = new TreeSet<>();

        Server(long id) {
            this.id = id;
        }

        /** Listens; looks for a leader after a while. */
        void start(long lookAfterNanos) {
            up = true;
            PeerLinks links = network.linksOf(id);
            election = new Election(id, ElectionTiming.DEFAULTS, this, new ServerEvents() {});
            mesh = new ElectionMesh(id, membership, links, MeshTiming.DEFAULTS, this);
            mesh.onTime(network.now());
            network.up(id, this);
            int process = ++term;
            network.schedule(network.now() + lookAfterNanos, () -> ifStill(process, this::look));
        }

        /** {@code kill -9}; what connections it had are found to be gone, unless its machine is gone too. */
        void kill(boolean withItsMachine) {
            up = false;
            term++;
            network.down(id, withItsMachine);
            long noticedAfterNanos = withItsMachine ? PATIENCE_NANOS : network.delay();
            dismissFollowers(noticedAfterNanos);
            leave(noticedAfterNanos);
        }

        private void dismissFollowers(long noticedAfterNanos) {
            for (long follower : followers) {
                Server server = servers.get(follower);
                int theirs = server.term;
                network.schedule(network.now() + noticedAfterNanos, () -> server.ifStill(theirs, server::look));
            }
            followers.clear();
        }

        /** Its leader finds out, and whether it has a quorum without this one. */
        private void leave(long noticedAfterNanos) {
            Server old = leader == 0 || leader == id ? null : servers.get(leader);
            leader = 0;
            if (old != null && old.up) {
                int theirs = old.term;
                network.schedule(
                        network.now() + noticedAfterNanos, () -> old.ifStill(theirs, () -> old.lose(List.of(id))));
            }
        }

        private void lose(List<Long> gone) {
            followers.removeAll(gone);
            if (leader == id && established && !hasQuorum()) {
                look();
            }
        }

        private boolean hasQuorum() {
            TreeSet<Long> voters = new TreeSet<>(followers);
            voters.removeIf(each -> !membership.isVoter(each));
            return membership.rule().isQuorum(voters);
        }

        private void ifStill(int expectedTerm, Runnable action) {
            if (up && term == expectedTerm) {
                action.run();
            }
        }

        void look() {
            turn(() -> {
                term++;
                established = false;
                dismissFollowers(network.delay());
                leave(network.delay());
                long self = membership.isVoter(id) ? id : Ballot.NOBODY;
                election.look(new Ballot(self, zxid, epoch), membership, network.now());
            });
        }

        boolean settledOn(long leaderId) {
            return up && election.state() != PeerState.LOOKING && leader == leaderId && established;
        }

        private void turn(Runnable input) {
            mesh.onTime(network.now());
            election.onTime(network.now());
            input.run();
            Ballot decision = election.decision();
            if (decision != null) {
                decided(decision.leader());
            }
        }

        private void decided(long decidedLeader) {
            decisions.add(new Decision(network.now(), id, decidedLeader));
            leader = decidedLeader;
            int mine = ++term;
            if (leader == id) {
                election.settled(PeerState.LEADING);
                joined(this);
                network.schedule(network.now() + PATIENCE_NANOS, () -> ifStill(mine, this::lookUnlessEstablished));
            } else {
                election.settled(membership.isVoter(id) ? PeerState.FOLLOWING : PeerState.OBSERVING);
                long giveUpNanos = network.now() + PATIENCE_NANOS;
                network.schedule(network.now() + network.delay(), () -> ifStill(mine, () -> join(mine, giveUpNanos)));
            }
        }

        private void lookUnlessEstablished() {
            if (!established) {
                look();
            }
        }

        private void join(int mine, long giveUpNanos) {
            Server chosen = servers.get(leader);
            if (chosen.up && network.reaches(id, leader) && chosen.election.state() == PeerState.LEADING) {
                chosen.joined(this);
            } else if (network.now() < giveUpNanos) {
                long again = network.now() + RETRY_NANOS;
                network.schedule(again, () -> ifStill(mine, () -> join(mine, giveUpNanos)));
            } else {
                look();
            }
        }

        private void joined(Server follower) {
            followers.add(follower.id);
            if (!established && hasQuorum()) {
                for (long each : followers) {
                    epoch = Math.max(epoch, servers.get(each).epoch);
                }
                epoch++;
                followers.forEach(each -> servers.get(each).enter(this));
            } else if (established) {
                follower.enter(this);
            }
        }

        private void enter(Server leading) {
            established = true;
            epoch = leading.epoch;
            zxid = leading.zxid;
            election.established(epoch);
        }

        /** A member that has been cut off from the other side finds that it is alone. */
        void loseContact() {
            if (leader == id) {
                lose(followers.stream()
                        .filter(each -> !network.reaches(each, id))
                        .toList());
            } else if (leader != 0 && !network.reaches(id, leader)) {
                look();
            }
        }

        // ---------------------------------------------------------------------------------------- network, to the mesh

        @Override
        public void accepted(long link) {
            turn(() -> mesh.onAccepted(link, "somewhere"));
        }

        @Override
        public void connected(long link) {
            turn(() -> mesh.onConnected(link));
        }

        @Override
        public void bytes(long link, ByteBuffer bytes) {
            turn(() -> mesh.onBytes(link, bytes));
        }

        @Override
        public void closed(long link) {
            turn(() -> mesh.onClosed(link));
        }

        // ----------------------------------------------------------------------------------------- mesh, to the
        // election

        @Override
        public void onNotification(long fromServerId, Notification message) {
            election.onNotification(fromServerId, message, network.now());
        }

        @Override
        public void onUnreachable(long serverId) {
            election.onUnreachable(serverId, network.now());
        }

        @Override
        public void onDisconnected(long serverId) {
            election.onDisconnected(serverId);
        }

        @Override
        public void onRefused(String address, String reason) {
            // Where the network fell apart a connection may stand on this side alone, and then nothing comes over it.
            if (!reason.equals("no election handshake in time")) {
                throw new AssertionError("seed " + seed + ": a member was refused: " + reason);
            }
        }

        // ----------------------------------------------------------------------------------------- election, to the
        // mesh

        @Override
        public void send(long serverId, Notification message) {
            mesh.send(serverId, message);
        }

        @Override
        public void connectAll() {
            mesh.connectAll();
        }

        @Override
        public boolean delivered() {
            return mesh.delivered();
        }

        @Override
        public boolean unreachable(long serverId) {
            return mesh.unreachable(serverId);
        }

        @Override
        public void lookingAgain(long serverId) {
            // a leader takes note, and nothing else
        }

        private long deadlineNanos() {
            return up ? Math.min(mesh.nextDeadlineNanos(), election.nextDeadlineNanos()) : Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return up ? election.state() + " " + leader + " round " + election.round() + " epoch " + epoch : "down";
        }
    }

    Server server(long id) {
        return servers.get(id);
    }

    /** The network falls apart; both sides notice after a while. */
    void isolate(Long... ids) {
        network.isolate(List.of(ids));
        servers.forEach((id, server) -> {
            int theirs = server.term;
            network.schedule(network.now() + PATIENCE_NANOS, () -> server.ifStill(theirs, server::loseContact));
        });
    }

    /** Lets time pass until then. */
    void runUntil(long nanos) {
        runUntil(nanos, () -> false);
    }

    /** The same until something holds; returns whether it does. */
    boolean runUntil(long nanos, BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            long deadline = Long.MAX_VALUE;
            for (Server server : servers.values()) {
                deadline = Math.min(deadline, server.deadlineNanos());
            }
            long next = Math.min(deadline, network.nextEventNanos());
            if (next > nanos) {
                network.advanceTo(nanos);
                return holds.getAsBoolean();
            }
            if (network.nextEventNanos() <= deadline) {
                network.runNext();
            } else {
                network.advanceTo(deadline);
                servers.values().stream()
                        .filter(server -> server.deadlineNanos() <= network.now())
                        .toList()
                        .forEach(server -> server.turn(() -> {}));
            }
        }
        return true;
    }

    /** Lets time pass until everyone who is up follows this one, whose term stands; fails when that takes too long. */
    void settleOn(long leader, long withinNanos) {
        boolean settled = runUntil(network.now() + withinNanos, () -> allSettledOn(leader));
        if (!settled) {
            throw new AssertionError(
                    "seed " + seed + ": not all follow " + leader + ": " + servers + ", decisions " + decisions);
        }
    }

    boolean allSettledOn(long leader) {
        return servers.get(leader).up
                && servers.values().stream().allMatch(server -> !server.up || server.settledOn(leader));
    }

    /** The same, whoever it is. */
    long settle(long withinNanos) {
        boolean settled = runUntil(
                network.now() + withinNanos, () -> membership.voters().stream().anyMatch(this::allSettledOn));
        if (!settled) {
            throw new AssertionError("seed " + seed + ": no agreement: " + servers + ", decisions " + decisions);
        }
        return membership.voters().stream()
                .filter(this::allSettledOn)
                .findFirst()
                .orElseThrow();
    }
}
