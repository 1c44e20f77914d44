package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.leader.ElectionNodes.Candidacy;
import io.quorate.cloud.zk.leader.ElectionNodes.Candidate;
import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.QueueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election for one role. Everything that happens leads to a review, in the lane: the review compares what is wanted
 * with what is there, and does the next step. That the latch calls this candidate the first is never enough: its node
 * must exist and belong to the present session, since after the loss of a session the former node may outlive it for a
 * while.
 */
final class RoleElection implements LeaderElection {

    private static final Logger LOG = LoggerFactory.getLogger(RoleElection.class);
    /** How long a candidate's node may take to appear before the candidacy is tried anew. */
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(10);
    /** How soon something is asked again that the server did not answer though there is a connection. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A leadership, and on what it stands. */
    private record Grant(LeadershipToken token, long turn, ZkConnection verified) {}

    /** A stay in the queue, for one turn. */
    private record Stay(Candidacy candidacy, long turn) {}

    private final String role;
    private final ElectionNodes nodes;
    private final ZkLane lane;
    private final Supplier<ZkConnection> connection;
    private final RevokeOn revokeOn;
    private final Consumer<LeaderEvent> events;
    /** Grows with every resignation; a leadership of an earlier turn does not stand. */
    private final AtomicLong turn = new AtomicLong();
    /** Always the same, so that the queue is watched once however often it is read. */
    private final Runnable queueChanged = this::reconcileLater;

    private volatile @Nullable Grant grant;
    private volatile List<Candidate> queue = List.of();

    // What follows is touched in the lane only.
    private boolean candidate;
    private boolean following;
    private @Nullable Stay stay;
    /** The stay that is looked at soon, because it had no node. */
    private @Nullable Stay awaited;
    /** Whether it is tried again soon, because something failed. */
    private boolean retrying;

    private long reads;

    RoleElection(
            String role,
            ElectionNodes nodes,
            ZkLane lane,
            Supplier<ZkConnection> connection,
            RevokeOn revokeOn,
            Consumer<LeaderEvent> events) {
        this.role = role;
        this.nodes = nodes;
        this.lane = lane;
        this.connection = connection;
        this.revokeOn = revokeOn;
        this.events = events;
    }

    /** Becomes a candidate or stops being one. Returns at once. */
    void setCandidate(boolean wanted) {
        lane.execute(() -> {
            candidate = wanted;
            following = true;
            reconcile();
        });
    }

    /** Stops being a candidate and looks at the queue no more, until the next {@link #setCandidate(boolean)}. */
    void end(Runnable done) {
        lane.execute(() -> {
            candidate = false;
            following = false;
            review();
            done.run();
        });
    }

    /** Looks at everything anew: the own node and the queue. Returns at once. */
    void reconcileLater() {
        lane.execute(this::reconcile);
    }

    private void reconcile() {
        review();
        readQueue();
    }

    private void reviewLater() {
        lane.execute(this::review);
    }

    private void review() {
        ZkConnection now = connection.get();
        Grant held = grant;
        if (held != null && !(candidate && stands(held, now))) {
            revoke(held);
        }
        Stay present = stay;
        if (present != null && !(candidate && present.turn() == turn.get())) {
            leave(present);
            present = null;
        }
        if (!candidate || !now.connected()) {
            return;
        }
        if (present == null) {
            join();
        } else {
            verify(present, now);
        }
    }

    private boolean stands(Grant held, ZkConnection now) {
        return held.turn() == turn.get() && revokeOn.standsIn(held.verified(), now);
    }

    private void join() {
        long present = turn.get();
        try {
            Stay entered = new Stay(nodes.join(this::reviewLater), present);
            stay = entered;
            awaitNode(entered);
        } catch (Exception failed) {
            LOG.warn(
                    "Cannot become a candidate for '{}', tried again in {} s: {}",
                    role,
                    JOIN_PATIENCE.toSeconds(),
                    failed.toString());
            retryIn(JOIN_PATIENCE);
        }
    }

    private void retryIn(Duration pause) {
        if (!retrying) {
            retrying = true;
            lane.schedule(
                    () -> {
                        retrying = false;
                        reconcile();
                    },
                    pause);
        }
    }

    private void awaitNode(Stay entered) {
        if (awaited != entered) {
            awaited = entered;
            lane.schedule(() -> requireNode(entered), JOIN_PATIENCE);
        }
    }

    private void requireNode(Stay entered) {
        if (awaited == entered) {
            awaited = null;
        }
        if (stay == entered
                && entered.candidacy().path().isEmpty()
                && connection.get().connected()) {
            LOG.warn(
                    "No node of this candidate for '{}' after {} s, trying anew. If this repeats, the server refuses"
                            + " it: see what LeaderLatch logged (-102 is missing permission, mended by"
                            + " spring.cloud.zookeeper.auth[*] or the access list of the queue)",
                    role,
                    JOIN_PATIENCE.toSeconds());
            leave(entered);
            review();
        }
    }

    private void leave(Stay present) {
        stay = null;
        present.candidacy().leave();
    }

    private void verify(Stay present, ZkConnection now) {
        String path = present.candidacy().path().orElse(null);
        Grant held = grant;
        if (held != null && !held.token().path().equals(path)) {
            // The latch has given up the node on which this leadership stood, and is somewhere else in the queue.
            revoke(held);
        }
        if (path == null) {
            awaitNode(present);
        } else {
            nodes.identify(path)
                    .whenCompleteAsync((node, failure) -> verified(present, path, now, node, failure), lane);
        }
    }

    private void verified(
            Stay present,
            String path,
            ZkConnection seenIn,
            @Nullable Optional<NodeIdentity> node,
            @Nullable Throwable failure) {
        if (stay != present || present.turn() != turn.get() || !seenIn.equals(connection.get())) {
            // Whatever made this answer old leads to a review of its own.
            return;
        }
        if (node == null) {
            LOG.debug("The node {} was not seen", path, failure);
            retryIn(RETRY);
            return;
        }
        if (!path.equals(present.candidacy().path().orElse(null))) {
            review();
            return;
        }
        NodeIdentity identity = node.orElse(null);
        if (identity == null || identity.owner() != seenIn.sessionId()) {
            LOG.info("The candidate for '{}' has lost its node {}, and goes to the back of the queue", role, path);
            Grant held = grant;
            if (held != null) {
                revoke(held);
            }
            leave(present);
            review();
        } else if (grant == null && present.candidacy().first()) {
            grant(new Grant(new LeadershipToken(role, identity.czxid(), path), present.turn(), seenIn));
        }
    }

    private void grant(Grant granted) {
        grant = granted;
        LOG.info("Leading '{}' with epoch {}", role, granted.token().epoch());
        events.accept(new LeadershipGrantedEvent(this, granted.token()));
    }

    private void revoke(Grant held) {
        grant = null;
        LOG.info("Leading '{}' no more, epoch {}", role, held.token().epoch());
        events.accept(new LeadershipRevokedEvent(this, held.token()));
    }

    private void readQueue() {
        if (!following || !connection.get().connected()) {
            return;
        }
        long read = ++reads;
        nodes.candidates(queueChanged)
                .whenCompleteAsync((candidates, failure) -> queueRead(read, candidates, failure), lane);
    }

    private void queueRead(long read, @Nullable List<Candidate> candidates, @Nullable Throwable failure) {
        if (read != reads) {
            return;
        }
        if (candidates == null) {
            if (failure != null && QueueException.isTransient(failure)) {
                retryIn(RETRY);
            } else if (failure != null) {
                LOG.warn(
                        "Cannot see who leads '{}': {}",
                        role,
                        ZkRequests.causeOf(failure).getMessage());
            }
            return;
        }
        Candidate before = first(queue);
        Candidate now = first(candidates);
        queue = List.copyOf(candidates);
        if (before == null ? now != null : !before.equals(now)) {
            events.accept(new LeaderChangedEvent(this, now == null ? null : new Participant(now.id(), true)));
        }
    }

    private static @Nullable Candidate first(List<Candidate> candidates) {
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public boolean isLeader() {
        return standing() != null;
    }

    private @Nullable Grant standing() {
        Grant held = grant;
        return held != null && stands(held, connection.get()) ? held : null;
    }

    @Override
    public Optional<LeadershipToken> token() {
        return Optional.ofNullable(standing()).map(Grant::token);
    }

    @Override
    public Optional<Participant> leader() {
        return participants().stream().findFirst();
    }

    @Override
    public List<Participant> participants() {
        List<Candidate> seen = queue;
        return IntStream.range(0, seen.size())
                .mapToObj(place -> new Participant(seen.get(place).id(), place == 0))
                .toList();
    }

    @Override
    public void resign() {
        turn.incrementAndGet();
        reviewLater();
    }

    @Override
    public <T> T inLeadership(FencedWork<T> work) {
        Grant held = standing();
        if (held == null) {
            throw new NotLeaderException(role);
        }
        return work.run(new GrantFence(held));
    }

    /** Commits for as long as one leadership stands, which both sides check. */
    private final class GrantFence implements Fence {

        private final Grant held;

        GrantFence(Grant held) {
            this.held = held;
        }

        @Override
        public LeadershipToken token() {
            return held.token();
        }

        @Override
        public TransactionOp operations() {
            return nodes.operations();
        }

        @Override
        public List<CuratorTransactionResult> commit(CuratorOp... operations) {
            if (!stands(held, connection.get())) {
                throw new NotLeaderException(role);
            }
            return nodes.commit(held.token().path(), List.of(operations));
        }
    }
}
