package io.quorate.cloud.zk.config.refresh;

import io.quorate.cloud.zk.ZkLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A lane whose time passes when the test says so. */
final class VirtualLane implements ZkLane {

    private final List<Task> tasks = new ArrayList<>();
    private long nowNanos;
    private long sequence;

    private record Task(long dueNanos, long sequence, Runnable action) {}

    long nowNanos() {
        return nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Task entry = new Task(nowNanos + delay.toNanos(), sequence++, task);
        tasks.add(entry);
        return () -> tasks.remove(entry);
    }

    @Override
    public Runnable scheduleEvery(Runnable task, Duration pause) {
        throw new UnsupportedOperationException("not needed here");
    }

    /** Runs what falls due, in order. */
    void advance(Duration time) {
        long end = nowNanos + time.toNanos();
        Optional<Task> next = nextUntil(end);
        while (next.isPresent()) {
            tasks.remove(next.get());
            nowNanos = next.get().dueNanos();
            next.get().action().run();
            next = nextUntil(end);
        }
        nowNanos = end;
    }

    private Optional<Task> nextUntil(long end) {
        return tasks.stream()
                .filter(task -> task.dueNanos() <= end)
                .min(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::sequence));
    }
}
