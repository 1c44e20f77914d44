package io.quorate.runtime.loop;

import io.quorate.core.replica.Replica;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** The bounded entrance for other threads: what they ask is answered on the replica thread, in its turn. */
final class Mailbox {

    static final int CAPACITY = 1024;

    private record Letter<T>(Function<Replica, T> question, CompletableFuture<T> answer) {
        void answerFrom(Replica replica) {
            try {
                answer.complete(question.apply(replica));
            } catch (RuntimeException failed) {
                answer.completeExceptionally(failed);
            } catch (Error fatal) {
                // It may have left the replica half-changed, so it ends the loop; but not with somebody left waiting.
                answer.completeExceptionally(fatal);
                throw fatal;
            }
        }
    }

    private final ArrayBlockingQueue<Letter<?>> letters = new ArrayBlockingQueue<>(CAPACITY);
    private final Runnable wakeUp;

    Mailbox(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** From any thread. Fails at once when too many are waiting already. */
    <T> CompletableFuture<T> ask(Function<Replica, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (letters.offer(new Letter<>(question, answer))) {
            wakeUp.run();
        } else {
            answer.completeExceptionally(new RejectedExecutionException(
                    "the server has " + CAPACITY + " administrative questions waiting already; ask again later"));
        }
        return answer;
    }

    boolean hasMore() {
        return !letters.isEmpty();
    }

    void drain(Replica replica) {
        for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
            letter.answerFrom(replica);
        }
    }

    /** Nobody will answer any more. */
    void refuseAll() {
        for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
            letter.answer.completeExceptionally(new IllegalStateException("the server has stopped"));
        }
    }
}
