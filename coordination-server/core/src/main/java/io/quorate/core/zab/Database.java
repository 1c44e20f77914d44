package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.base.Verify;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.request.CommitStage;
import io.quorate.core.request.TxnApplier;
import io.quorate.core.session.Session;
import io.quorate.core.session.SessionTable;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TreeChange;
import io.quorate.core.txn.Txn;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state and its history: what is logged, what of it is committed, and what of that is applied. One rule
 * holds throughout: the tree is never ahead of this server's own disk, whatever a quorum holds (quorum protocol I5 and
 * 11, item 29).
 */
public final class Database {

    /** Learns of each transaction right after it has been applied. */
    @FunctionalInterface
    public interface Listener {
        void applied(Txn txn);
    }

    /** Logged and not applied. @param loggedNanos turn time */
    record Logged(Txn txn, byte[] payload, long loggedNanos) {}

    private final NodeKinds kinds;
    private final LogWriter log;
    private final CommittedWindow window;
    private final BooleanSupplier base;
    private final TurnTime time;
    private final ServerEvents events;
    private final List<TreeChange> unseen = new ArrayList<>();
    /** Oldest first. Invariant: begins right behind the tree. */
    private final ArrayDeque<Logged> unapplied = new ArrayDeque<>();

    private DataTree tree;
    private SessionTable sessions;
    private TxnApplier applier;

    /** Invariant: not before the tree's zxid. */
    private long committedZxid;
    /** Clients that see every transaction; null while nobody is served. */
    private @Nullable CommitStage stage;

    private @Nullable Listener listener;
    /** Whether what we have may lack something: then it is not voted for, and is replaced by a leader's snapshot. */
    private boolean doubted;

    /** @param base whether there is a snapshot that the log can build upon */
    public Database(
            DataTree tree,
            SessionTable sessions,
            LogWriter log,
            CommittedWindow window,
            BooleanSupplier base,
            TurnTime time,
            ServerEvents events) {
        this.kinds = tree.kinds();
        this.tree = tree;
        this.sessions = sessions;
        this.log = log;
        this.window = window;
        this.base = base;
        this.time = time;
        this.events = events;
        applier = new TxnApplier(tree, sessions, kinds);
        committedZxid = tree.lastZxid();
    }

    public DataTree tree() {
        return tree;
    }

    public SessionTable sessions() {
        return sessions;
    }

    public TxnApplier applier() {
        return applier;
    }

    public LogWriter log() {
        return log;
    }

    CommittedWindow window() {
        return window;
    }

    public boolean isDoubted() {
        return doubted;
    }

    /** What we have cannot be relied upon: a leader's snapshot has to replace it. */
    public void doubt() {
        doubted = true;
    }

    /** Our position: the last transaction logged, or the opening of an epoch that has none yet. */
    public long position() {
        return Math.max(log.lastZxid(), tree.lastZxid());
    }

    public long committedZxid() {
        return committedZxid;
    }

    /** From now on clients see what is applied. */
    public void attach(@Nullable CommitStage clients, @Nullable Listener applied) {
        stage = clients;
        listener = applied;
    }

    /** Nobody is served any more. */
    public void detach() {
        stage = null;
        listener = null;
    }

    /** Whether a transaction may be logged now: there is a snapshot to build upon, and the log has room. */
    boolean takesAppends() {
        return base.getAsBoolean() && log.acceptsAppends();
    }

    /** Logs the next transaction of the history. The caller has checked that the log takes it. */
    void append(Txn txn, byte[] payload) {
        log.append(txn.zxid(), ByteBuffer.wrap(payload));
        unapplied.addLast(new Logged(txn, payload, time.nanos()));
    }

    /** Everything up to this transaction is committed; it is applied as far as our own disk has it. */
    void commit(long zxid) {
        committedZxid = Math.max(committedZxid, zxid);
        applyReady();
    }

    /** The log has made more durable. */
    void onLogDurable() {
        applyReady();
    }

    /** Whether everything committed is in the tree. */
    boolean isCaughtUp() {
        Logged head = unapplied.peekFirst();
        return head == null || head.txn.zxid() > committedZxid;
    }

    private void applyReady() {
        long limit = Math.min(committedZxid, log.durableZxid());
        for (Logged head = unapplied.peekFirst();
                head != null && head.txn.zxid() <= limit;
                head = unapplied.peekFirst()) {
            unapplied.removeFirst();
            apply(head);
        }
    }

    private void apply(Logged logged) {
        Txn txn = logged.txn;
        if (stage != null) {
            stage.apply(txn);
        } else {
            unseen.clear();
            applier.apply(txn, unseen);
        }
        window.add(txn.zxid(), logged.payload);
        if (listener != null) {
            listener.applied(txn);
        }
        events.txnApplied(txn.zxid(), time.nanos() - logged.loggedNanos);
    }

    /**
     * Takes everything that is logged into the tree, committed or not, so that what is voted with, offered and built
     * upon is the whole history (quorum protocol I2, 6.5). Nobody is served, and all of it is durable.
     */
    public void catchUp() {
        Verify.that(stage == null, "a history is taken over only while nobody is served");
        Verify.that(!log.hasPending(), "a history is taken over only when it is durable");
        for (Logged head = unapplied.pollFirst(); head != null; head = unapplied.pollFirst()) {
            apply(head);
        }
        committedZxid = tree.lastZxid();
    }

    /** An epoch has been opened: the tree stands at its beginning (quorum protocol 0.2). */
    void open(long epochZxid) {
        tree.setLastZxid(epochZxid);
        committedZxid = epochZxid;
    }

    /** Another state takes the place of this one: a leader's snapshot, or what a truncated log leads to. */
    public void replace(DataTree newTree, SessionTable newSessions, long lastLoggedZxid) {
        Verify.that(stage == null, "a state is replaced only while nobody is served");
        tree = newTree;
        sessions = newSessions;
        applier = new TxnApplier(newTree, newSessions, kinds);
        unapplied.clear();
        window.clear();
        log.restartAt(lastLoggedZxid);
        committedZxid = newTree.lastZxid();
        doubted = false;
    }

    /** Sessions as a server finds them that begins to serve: nobody is closing, and nobody has a connection here. */
    public void freshenSessions() {
        sessions.forEach(session -> {
            session.setClosing(false);
            session.unbind();
            session.setOwner(Session.NO_OWNER);
        });
    }
}
