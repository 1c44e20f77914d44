package io.quorate.simulation.check;

import io.quorate.core.txn.TxnBody;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.NodeStat;
import io.quorate.simulation.history.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a logged transaction does what its request and the model say. */
final class TxnFacts {

    /** What a transaction without effect refuses a request with; null for one with an effect. */
    static @Nullable Answer refusal(TxnBody body) {
        if (body instanceof TxnBody.Failed failed) {
            return Answer.failed(failed.code());
        }
        if (!(body instanceof TxnBody.Multi multi)) {
            return null;
        }
        List<Answer> parts = new ArrayList<>();
        for (TxnBody part : multi.parts()) {
            if (!(part instanceof TxnBody.Failed failed)) {
                return null;
            }
            parts.add(Answer.failed(failed.code()));
        }
        return parts.isEmpty() ? null : Answer.parts(parts);
    }

    /** Empty when they agree. @param answer of the model, a success */
    String difference(Request request, Answer answer, TxnBody body) {
        if (!(request instanceof Request.Multi multi)) {
            return matches(request, answer, body) ? "" : "logged as " + body;
        }
        if (!(body instanceof TxnBody.Multi logged)) {
            return "a multi logged as " + body;
        }
        List<Request> parts = multi.parts();
        if (logged.parts().size() != parts.size()) {
            return "half a multi: " + logged;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!matches(parts.get(i), answer.parts().get(i), logged.parts().get(i))) {
                return "part " + i + " logged as " + logged.parts().get(i);
            }
        }
        return "";
    }

    private static boolean matches(Request request, Answer answer, TxnBody body) {
        if (request instanceof Request.Create create) {
            return matchesCreate(create, answer, body);
        }
        if (request instanceof Request.SetData set && body instanceof TxnBody.SetData logged) {
            NodeStat stat = answer.stat();
            return logged.path().toString().equals(set.path())
                    && stat != null
                    && logged.newVersion() == stat.version()
                    && same(set.data(), logged.data());
        }
        if (request instanceof Request.Delete delete && body instanceof TxnBody.Delete logged) {
            return logged.path().toString().equals(delete.path());
        }
        return request instanceof Request.Check check
                && body instanceof TxnBody.Check logged
                && logged.path().toString().equals(check.path());
    }

    private static boolean matchesCreate(Request.Create create, Answer answer, TxnBody body) {
        if (body instanceof TxnBody.CreateContainer logged) {
            return create.kind() == Request.Kind.CONTAINER
                    && logged.path().toString().equals(answer.text())
                    && same(create.data(), logged.data());
        }
        return body instanceof TxnBody.Create logged
                && create.kind() != Request.Kind.CONTAINER
                && logged.path().toString().equals(answer.text())
                && logged.ephemeral() == create.kind().isEphemeral()
                && same(create.data(), logged.data());
    }

    private static boolean same(@Nullable String asked, byte @Nullable [] logged) {
        return Arrays.equals(asked == null ? null : asked.getBytes(StandardCharsets.UTF_8), logged);
    }
}
