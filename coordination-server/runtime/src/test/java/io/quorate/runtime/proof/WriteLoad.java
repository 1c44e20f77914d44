package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that write through whatever member they find, for as long as they are let, and know afterwards what must be
 * there. They are ZooKeeper's own.
 */
final class WriteLoad implements AutoCloseable {

    static final String ROOT = "/load";
    /** How long an answer may take. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final List<LoadWriter> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Connects, and creates what is written to. */
    WriteLoad(String connectString, int writers, KitSession setUp) throws IOException, InterruptedException {
        setUp.create(ROOT).ok();
        for (int i = 0; i < writers; i++) {
            LoadWriter writer = new LoadWriter(connectString, i);
            this.writers.add(writer);
            writer.prepare();
            threads.add(new Thread(writer::run, "load-writer-" + i));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** How many writes have been acknowledged so far. */
    long acknowledged() {
        return writers.stream().mapToLong(LoadWriter::acknowledged).sum();
    }

    /** Returns when every writer has had so many more acknowledged, which shows that the ensemble works. */
    void awaitMore(ServerProcess any, long writes) {
        List<Long> goals =
                writers.stream().map(writer -> writer.acknowledged() + writes).toList();
        any.await("takes writes of all clients", () -> {
            for (int i = 0; i < goals.size(); i++) {
                writers.get(i).requireHealth();
                if (writers.get(i).acknowledged() < goals.get(i)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Lets every writer finish the write it is at. */
    void stop() throws InterruptedException {
        writers.forEach(LoadWriter::end);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            assertThat(thread.isAlive()).as("%s still waits", thread.getName()).isFalse();
        }
        writers.forEach(LoadWriter::requireHealth);
    }

    /** Nothing that was acknowledged is missing on a member, and every session is the one that began. */
    void check(MemberProcesses members, int id) {
        try (KitSession session = members.open(id)) {
            session.call(Op.SYNC, Bodies.path("/")).ok();
            for (LoadWriter writer : writers) {
                writer.check(session, "member " + id);
            }
            session.closeSession().ok();
        }
        assertThat(acknowledged()).isPositive();
    }

    @Override
    public void close() {
        writers.forEach(LoadWriter::end);
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (LoadWriter writer : writers) {
            try {
                writer.close();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
