package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.replica.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Replica replica = IdleReplica.create();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Mailbox mailbox = new Mailbox(wakeUps::incrementAndGet);

    @Test
    void questionsAreAnsweredInOrderWhenTheTurnComes() {
        List<String> order = new ArrayList<>();
        CompletableFuture<Long> first = mailbox.ask(asked -> {
            order.add("first");
            return asked.status().serverId();
        });
        CompletableFuture<Boolean> second = mailbox.ask(asked -> order.add("second"));
        assertThat(wakeUps).hasValue(2);
        assertThat(mailbox.hasMore()).isTrue();
        assertThat(first).isNotDone();

        mailbox.drain(replica);
        assertThat(mailbox.hasMore()).isFalse();
        assertThat(first).isCompletedWithValue(1L);
        assertThat(second).isCompletedWithValue(true);
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aQuestionThatFailsFailsAlone() {
        CompletableFuture<Object> failing = mailbox.ask(asked -> {
            throw new IllegalArgumentException("no such thing");
        });
        CompletableFuture<String> next = mailbox.ask(asked -> "answer");
        mailbox.drain(replica);

        assertThat(failing).isCompletedExceptionally();
        assertThat(failing.handle((answer, failure) -> failure).join()).hasMessage("no such thing");
        assertThat(next).isCompletedWithValue("answer");
    }

    @Test
    void anErrorReachesWhoAskedAndTheLoop() {
        CompletableFuture<Object> failing = mailbox.ask(asked -> {
            throw new StackOverflowError("deep");
        });
        assertThatThrownBy(() -> mailbox.drain(replica)).isInstanceOf(StackOverflowError.class);
        assertThat(failing.handle((answer, failure) -> failure).getNow(null)).hasMessage("deep");
    }

    @Test
    void tooManyAreRefusedAtOnceAndTheOthersStay() {
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < Mailbox.CAPACITY; i++) {
            int number = i;
            waiting.add(mailbox.ask(asked -> number));
        }
        CompletableFuture<Integer> surplus = mailbox.ask(asked -> -1);
        assertThat(surplus).isCompletedExceptionally();
        assertThat(surplus.handle((answer, failure) -> failure).join())
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the server has 1024 administrative questions waiting already; ask again later");
        assertThat(wakeUps).as("no wake-up for the one refused").hasValue(Mailbox.CAPACITY);

        mailbox.drain(replica);
        for (int i = 0; i < Mailbox.CAPACITY; i++) {
            assertThat(waiting.get(i)).isCompletedWithValue(i);
        }
        assertThat(mailbox.ask(asked -> 1)).as("there is room again").isNotDone();
    }

    @Test
    void theEndRefusesWhatWaits() {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Integer> waiting = mailbox.ask(replicaAsked -> asked.incrementAndGet());
        mailbox.refuseAll();
        mailbox.drain(replica);

        assertThat(waiting.handle((answer, failure) -> failure).join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has stopped");
        assertThat(asked).as("not asked any more").hasValue(0);
        assertThat(mailbox.hasMore()).isFalse();
    }
}
