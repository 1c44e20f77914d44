package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A lane in virtual time, driven by the test. */
public final class ManualLane implements ZkLane {

    private record Due(long millis, long order, Runnable task) {}

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> later =
            new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
    private long now;
    private long order;

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Due due = new Due(now + delay.toMillis(), order++, task);
        later.add(due);
        return () -> later.remove(due);
    }

    @Override
    public Runnable scheduleEvery(Runnable task, Duration pause) {
        Runnable[] next = new Runnable[1];
        next[0] = schedule(
                () -> {
                    task.run();
                    next[0] = scheduleEvery(task, pause);
                },
                pause);
        return () -> next[0].run();
    }

    /** Runs what is ready, and what that makes ready. */
    public void run() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** Lets time pass, and runs what falls due. */
    public void pass(Duration time) {
        long end = now + time.toMillis();
        run();
        while (!later.isEmpty() && later.peek().millis() <= end) {
            Due due = later.remove();
            now = due.millis();
            due.task().run();
            run();
        }
        now = end;
    }
}
