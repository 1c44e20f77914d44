package io.quorate.simulation.run;

import io.quorate.simulation.client.SimClient;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.history.Request;
import java.util.ArrayDeque;

/** Reads every node of the tree through one client, from the root down. */
final class Audit {

    private final SimClient auditor;
    private final Runnable awaitAnswer;

    Audit(SimClient auditor, Runnable awaitAnswer) {
        this.auditor = auditor;
        this.awaitAnswer = awaitAnswer;
    }

    void run() {
        awaitAnswer.run();
        ArrayDeque<String> paths = new ArrayDeque<>();
        paths.add("/");
        for (String path = paths.poll(); path != null; path = paths.poll()) {
            if (!path.startsWith("/zookeeper")) {
                ask(new Request.GetData(path, false));
                Answer answer = ask(new Request.GetChildren(path, false)).answer();
                if (answer != null) {
                    String prefix = path.equals("/") ? path : path + "/";
                    answer.names().forEach(name -> paths.add(prefix + name));
                }
            }
        }
    }

    private Invocation ask(Request request) {
        Invocation asked = auditor.ask(request);
        awaitAnswer.run();
        return asked;
    }
}
