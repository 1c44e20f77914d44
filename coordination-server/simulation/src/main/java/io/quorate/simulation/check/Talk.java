package io.quorate.simulation.check;

import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Conversation;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Received;
import io.quorate.simulation.history.Received.Event;
import io.quorate.simulation.history.Received.Reply;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, followed along the committed history: at each zxid first the events that are due, then the replies
 * that speak of it. Whatever else comes, or does not come, is a fault. Only the end may be missing.
 */
final class Talk {

    private final Conversation conversation;
    private final List<Received> received;
    private final WatchModel watches = new WatchModel();
    /** What comes next. */
    private int at;

    Talk(Conversation conversation) {
        this.conversation = conversation;
        this.received = conversation.received();
    }

    /** The first zxid that it speaks of; -1 when it speaks of none. */
    static long firstZxid(Conversation conversation) {
        for (Received next : conversation.received()) {
            if (next.zxid() > 0) {
                return next.zxid();
            }
        }
        return -1;
    }

    boolean isOver() {
        return at == received.size();
    }

    void events(List<Change> changes, long zxid) {
        for (Change change : changes) {
            for (Event due : watches.onChange(change, zxid)) {
                expect(due);
            }
        }
    }

    private void expect(Event due) {
        if (isOver()) {
            return;
        }
        Received next = received.get(at);
        if (next instanceof Reply reply) {
            Violation.unless(
                    false, "W2", "%s: %s is due before the reply to %s", conversation, due, reply.invocation());
        }
        Violation.unless(due.equals(next), "W1", "%s: %s is due, %s comes", conversation, due, next);
        at++;
    }

    /** Replies at this zxid, which the judge has applied. */
    void replies(long zxid, Judge judge) {
        while (!isOver()) {
            Received next = received.get(at);
            if (next instanceof Event event && event.zxid() >= 0) {
                Violation.unless(event.zxid() > zxid, "W3", "%s: no change causes %s", conversation, event);
                return;
            }
            Reply reply = next instanceof Reply found ? found : replyBehindEvents();
            if (reply == null || reply.zxid() > zxid) {
                return;
            }
            Violation.unless(reply.zxid() == zxid, "C2", "%s: late reply to %s", conversation, reply.invocation());
            take(reply.invocation(), judge);
        }
    }

    /** The reply that belongs to the events without a zxid which come next; null when it did not arrive. */
    private @Nullable Reply replyBehindEvents() {
        for (int i = at; i < received.size(); i++) {
            Received next = received.get(i);
            if (next instanceof Reply reply) {
                return reply;
            }
            Violation.unless(next.zxid() < 0, "W2", "%s: %s among the events of setWatches", conversation, next);
        }
        at = received.size();
        return null;
    }

    private void take(Invocation invocation, Judge judge) {
        Answer answer = invocation.answer();
        Request request = invocation.request();
        List<Event> due = List.of();
        Answer expected;
        if (request instanceof Request.SetWatches restore) {
            due = watches.restore(restore, judge.model());
            expected = Answer.DONE;
        } else if (request instanceof Request.AddWatch add) {
            expected = watches.add(add);
        } else if (request instanceof Request.RemoveWatches remove) {
            expected = watches.remove(remove);
        } else {
            expected = judge.expected(invocation);
        }
        takeEvents(due, invocation);
        at++;
        Violation.unless(expected.equals(answer), judge.property(request), "%s, expected %s", invocation, expected);
        watches.onRead(request, expected.error() == Answer.OK);
    }

    /** The events of a setWatches, all of them before its reply; none before any other. */
    private void takeEvents(List<Event> due, Invocation invocation) {
        List<Received> found = new ArrayList<>();
        while (received.get(at) instanceof Event event) {
            found.add(event);
            at++;
        }
        Violation.unless(found.equals(due), "W1", "%s: %s before the reply, expected %s", invocation, found, due);
    }
}
