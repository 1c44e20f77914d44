package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Requests of one session, many of them on their way at a time. */
final class Pipeline {

    private static final int IN_FLIGHT = 200;

    private final KitSession session;
    private final Deque<Consumer<Reply>> waiting = new ArrayDeque<>();

    Pipeline(KitSession session) {
        this.session = session;
    }

    /** A request that must succeed. */
    void send(int opcode, JuteWriter body) {
        send(opcode, body, Reply::ok);
    }

    void send(int opcode, JuteWriter body, Consumer<Reply> answer) {
        if (waiting.size() == IN_FLIGHT) {
            receive();
        }
        session.send(opcode, body);
        waiting.add(answer);
    }

    /** Waits for all answers, and for those to requests that they bring about. */
    void finish() {
        while (!waiting.isEmpty()) {
            receive();
        }
    }

    private void receive() {
        waiting.remove().accept(session.receive());
    }
}
