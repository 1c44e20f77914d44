package io.quorate.simulation.client;

import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Request;
import java.util.ArrayList;
import java.util.List;

/** The bodies of replies (client protocol 3.1, 6.3). */
final class ReplyDecoder {

    private static final int ERROR_RESULT = -1;
    /** multiRead's getChildren has no statistics. */
    private static final int PLAIN_GET_CHILDREN = 8;

    private ReplyDecoder() {}

    static Answer decode(Request request, int error, FrameReader in) {
        Answer answer = error == Answer.OK ? body(request, in) : Answer.failed(error);
        in.end();
        return answer;
    }

    private static Answer body(Request request, FrameReader in) {
        if (request instanceof Request.Multi multi) {
            return Answer.parts(parts(multi.parts(), in));
        }
        if (request instanceof Request.MultiRead multi) {
            return Answer.parts(parts(multi.parts(), in));
        }
        return request.isWrite() ? written(request, in) : read(request, in);
    }

    private static Answer written(Request request, FrameReader in) {
        if (request instanceof Request.Create create) {
            boolean withStat = create.withStat() || create.kind() == Request.Kind.CONTAINER;
            return Answer.text(in.text(), withStat ? in.stat() : null);
        }
        if (request instanceof Request.SetData) {
            return Answer.text(null, in.stat());
        }
        return Answer.DONE;
    }

    private static Answer read(Request request, FrameReader in) {
        if (request instanceof Request.Exists) {
            return Answer.text(null, in.stat());
        }
        if (request instanceof Request.GetData) {
            return Answer.text(in.text(), in.stat());
        }
        if (request instanceof Request.GetChildren) {
            return Answer.names(in.texts(), in.stat());
        }
        if (request instanceof Request.GetEphemerals) {
            return Answer.names(in.texts(), null);
        }
        if (request instanceof Request.CountDescendants) {
            return Answer.number(in.int32());
        }
        if (request instanceof Request.Sync) {
            return Answer.text(in.text(), null);
        }
        if (request instanceof Request.AddWatch) {
            return Answer.number(in.int32());
        }
        return Answer.DONE;
    }

    private static List<Answer> parts(List<Request> parts, FrameReader in) {
        List<Answer> answers = new ArrayList<>();
        for (Request part : parts) {
            int type = in.int32();
            boolean done = in.bool();
            int error = in.int32();
            Violation.unless(!done, "protocol", "a result too few in a multi of %d", parts.size());
            if (type == ERROR_RESULT) {
                Violation.unless(in.int32() == error, "protocol", "two errors for one result of a multi");
                answers.add(Answer.failed(error));
            } else {
                answers.add(part(part, type, in));
            }
        }
        in.int32();
        Violation.unless(in.bool(), "protocol", "a result too many in a multi of %d", parts.size());
        in.int32();
        return answers;
    }

    private static Answer part(Request part, int type, FrameReader in) {
        boolean reading = part instanceof Request.GetChildren;
        int expected = part.opCode();
        if (reading) {
            expected = PLAIN_GET_CHILDREN;
        } else if (part instanceof Request.Create create && create.kind() == Request.Kind.CONTAINER) {
            expected = 15;
        }
        Violation.unless(type == expected, "protocol", "result of type %d for %s", type, part);
        return reading ? Answer.names(in.texts(), null) : body(part, in);
    }
}
