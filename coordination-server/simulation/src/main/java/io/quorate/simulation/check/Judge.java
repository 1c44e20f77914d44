package io.quorate.simulation.check;

import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What an answer must say, given that everything up to one zxid has been applied and nothing behind it. */
final class Judge {

    private final ReferenceModel model;
    private final ModelReads reads;
    private final Allowance allowance;

    private long zxid;
    private long timeMillis;
    /** The request that became the transaction at this zxid; null when the server itself asked. */
    private @Nullable Invocation committed;

    private Answer committedAnswer = Answer.DONE;

    Judge(ReferenceModel model, Allowance allowance) {
        this.model = model;
        this.allowance = allowance;
        reads = new ModelReads(model);
    }

    ReferenceModel model() {
        return model;
    }

    /** The model has reached this zxid. */
    void moveTo(long newZxid, long newTimeMillis, @Nullable Invocation invocation, Answer answer) {
        zxid = newZxid;
        timeMillis = newTimeMillis;
        committed = invocation;
        committedAnswer = answer;
    }

    Answer expected(Invocation invocation) {
        Request request = invocation.request();
        Answer answer = invocation.answer();
        boolean ended = request instanceof Request.CloseSession && invocation == committed;
        Violation.unless(
                ended || model.sessions().containsKey(invocation.session()),
                "S4",
                "answered although its session is closed: %s",
                invocation);
        if (!request.isWrite()) {
            return reads.read(request, invocation.session());
        }
        if (invocation == committed) {
            return committedAnswer;
        }
        Violation.unless(
                answer != null && !answer.isSuccess(),
                "Z9",
                "acknowledged, but the history has %s there: %s",
                committed,
                invocation);
        boolean readOnly = allowance.diskWasFull() && answer.error() == Answer.NOT_READ_ONLY;
        boolean unusable = allowance.ensemble() && isSessionError(answer.error());
        return readOnly || unusable ? answer : refused(invocation);
    }

    /** What a write is refused with when its session is used elsewhere or is about to end. */
    static boolean isSessionError(int error) {
        return error == Answer.SESSION_EXPIRED || error == Answer.SESSION_MOVED;
    }

    private Answer refused(Invocation invocation) {
        ReferenceModel.Moment never = new ReferenceModel.Moment(invocation.session(), zxid, timeMillis);
        Answer answer = model.write(invocation.request(), never, new ArrayList<>());
        Violation.unless(!answer.isSuccess(), "model", "refused, but nothing stands against it: %s", invocation);
        return answer;
    }

    /** Whose fault a wrong answer is. */
    String property(Request request) {
        return request.isWrite() ? "write" : "read";
    }
}
