package io.quorate.simulation.check;

import io.quorate.core.base.NodePath;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Conversation;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Replays the committed history on the reference model, and holds every reply and every event of every conversation
 * against it, in one pass.
 */
public final class WitnessChecker {

    private final History history;
    private final CanonicalHistory canonical;
    private final Allowance allowance;
    private final ReferenceModel model = new ReferenceModel();
    private final Judge judge;
    private final TxnFacts facts = new TxnFacts();
    /** Conversations that have not begun, by the first zxid that they speak of. */
    private final Map<Long, List<Talk>> beginning = new HashMap<>();
    /** Under way, in the order of their beginning. */
    private final List<Talk> active = new ArrayList<>();

    private final Set<Integer> committedXids = new HashSet<>();
    private final Map<Long, Integer> lastXidOfSession = new HashMap<>();
    private final TreeSet<Long> closed = new TreeSet<>();

    public WitnessChecker(History history, CanonicalHistory canonical, Allowance allowance) {
        this.history = history;
        this.canonical = canonical;
        this.allowance = allowance;
        judge = new Judge(model, allowance);
    }

    /** @param afterEach called with every zxid, when the model has reached it */
    public void check(LongConsumer afterEach) {
        begin();
        for (CanonicalHistory.Step step : canonical.steps()) {
            long zxid = step.zxid();
            List<Change> changes = new ArrayList<>();
            Txn txn = step.txn();
            if (txn == null) {
                judge.moveTo(zxid, 0, null, Answer.DONE);
            } else {
                apply(txn, changes);
            }
            active.addAll(beginning.getOrDefault(zxid, List.of()));
            for (Talk talk : active) {
                talk.events(changes, zxid);
                talk.replies(zxid, judge);
            }
            active.removeIf(Talk::isOver);
            afterEach.accept(zxid);
        }
        for (long refused : history.refusedSessions()) {
            Violation.unless(closed.contains(refused), "C4", "0x%x was refused and never closed", refused);
        }
    }

    ReferenceModel model() {
        return model;
    }

    private void begin() {
        for (Conversation conversation : history.conversations()) {
            long first = Talk.firstZxid(conversation);
            if (first > 0) {
                beginning.computeIfAbsent(first, zxid -> new ArrayList<>()).add(new Talk(conversation));
            }
        }
        for (Invocation invocation : history.invocations()) {
            Violation.unless(
                    invocation.fate() != Invocation.Fate.ANSWERED || invocation.zxid() <= canonical.lastZxid(),
                    "Z9",
                    "the history ends at 0x%x, but %s",
                    canonical.lastZxid(),
                    invocation);
        }
    }

    private void apply(Txn txn, List<Change> changes) {
        ReferenceModel.Moment moment = new ReferenceModel.Moment(txn.sessionId(), txn.zxid(), txn.timeMillis());
        TxnBody body = txn.body();
        if (body instanceof TxnBody.CreateSession create) {
            model.openSession(txn.sessionId(), create.timeoutMillis());
            judge.moveTo(txn.zxid(), txn.timeMillis(), null, Answer.DONE);
        } else if (body instanceof TxnBody.DeleteContainer reap) {
            model.reap(reap.path().toString(), moment, changes);
            judge.moveTo(txn.zxid(), txn.timeMillis(), null, Answer.DONE);
        } else if (body instanceof TxnBody.CloseSession close) {
            applyClose(txn, close, moment, changes);
        } else {
            applyRequest(txn, moment, changes);
        }
    }

    private void applyClose(Txn txn, TxnBody.CloseSession close, ReferenceModel.Moment moment, List<Change> changes) {
        List<String> paths = new ArrayList<>();
        List<NodePath> listed = close.paths();
        if (listed == null) {
            // Too many to list: all that it owns.
            paths.addAll(model.ephemerals(txn.sessionId()));
        } else {
            listed.forEach(path -> paths.add(path.toString()));
        }
        Invocation asked = null;
        if (txn.cxid() != 0) {
            asked = invocation(txn);
            Violation.unless(asked.request() instanceof Request.CloseSession, "Z4", "a close was made of %s", asked);
        }
        if (model.sessions().containsKey(txn.sessionId())) {
            model.closeSession(moment, paths, changes);
            closed.add(txn.sessionId());
        } else {
            // A learner may forward a close that has been overtaken by the session's end.
            boolean late = allowance.ensemble() && asked != null && closed.contains(txn.sessionId());
            Violation.unless(late && paths.isEmpty(), "S4", "0x%x is closed but not open", txn.sessionId());
        }
        judge.moveTo(txn.zxid(), txn.timeMillis(), asked, Answer.DONE);
    }

    private void applyRequest(Txn txn, ReferenceModel.Moment moment, List<Change> changes) {
        Answer refusal = TxnFacts.refusal(txn.body());
        if (refusal != null) {
            applyRefusal(txn, refusal, moment);
            return;
        }
        Invocation asked = invocation(txn);
        Violation.unless(
                !(asked.request() instanceof Request.CloseSession),
                "Z4",
                "0x%x is %s, made of %s",
                txn.zxid(),
                txn.body(),
                asked);
        Answer answer = model.write(asked.request(), moment, changes);
        Violation.unless(answer.isSuccess(), "write", "0x%x is committed, should be %s: %s", txn.zxid(), answer, asked);
        String difference = facts.difference(asked.request(), answer, txn.body());
        Violation.unless(difference.isEmpty(), "Z4", "0x%x, %s: %s", txn.zxid(), asked, difference);
        judge.moveTo(txn.zxid(), txn.timeMillis(), asked, answer);
    }

    /** A learner's request that is refused is a transaction too, without effect. */
    private void applyRefusal(Txn txn, Answer refusal, ReferenceModel.Moment moment) {
        Violation.unless(allowance.ensemble(), "Z4", "0x%x is %s, and there is no learner", txn.zxid(), txn.body());
        Invocation asked = request(txn);
        if (!Judge.isSessionError(refusal.error())) {
            Answer answer = model.write(asked.request(), moment, new ArrayList<>());
            Violation.unless(
                    answer.equals(refusal),
                    "write",
                    "0x%x refuses with %s, should %s: %s",
                    txn.zxid(),
                    refusal,
                    answer,
                    asked);
        }
        judge.moveTo(txn.zxid(), txn.timeMillis(), asked, refusal);
    }

    /**
     * The request that this transaction comes from: there is one, it is used once, and in its session's order. A close
     * whose connection was lost is under way as long as the server that it went to takes, and is obeyed although its
     * session goes on elsewhere: the leader takes it from any server, as the reference does.
     */
    private Invocation invocation(Txn txn) {
        Invocation asked = request(txn);
        Integer before = lastXidOfSession.put(txn.sessionId(), asked.xid());
        boolean mayBeLate = asked.request() instanceof Request.CloseSession && asked.fate() == Invocation.Fate.UNKNOWN;
        Violation.unless(
                before == null || before < asked.xid() || mayBeLate,
                "C3",
                "committed behind #%s of its session: %s",
                before,
                asked);
        return asked;
    }

    private Invocation request(Txn txn) {
        Invocation asked = history.withXid(txn.cxid());
        Violation.unless(
                asked != null && (asked.session() == txn.sessionId() || asked.session() == 0),
                "Z4",
                "nobody asked for 0x%x: request #%d of 0x%x",
                txn.zxid(),
                txn.cxid(),
                txn.sessionId());
        Violation.unless(committedXids.add(asked.xid()), "Z4", "committed twice: %s", asked);
        return asked;
    }
}
