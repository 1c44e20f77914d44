package io.quorate.simulation;

import java.util.PriorityQueue;

/** Virtual time: actions run in order of their time, those of the same time in an order that the seed decides. */
public final class SimScheduler {

    private final SimRandom ties;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;

    private record Event(long atNanos, long tieBreak, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Long.compare(atNanos, other.atNanos);
            if (order == 0) {
                order = Long.compare(tieBreak, other.tieBreak);
            }
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    public SimScheduler(SimRandom random) {
        this.ties = random.stream("scheduler ties");
    }

    /** Virtual nanoseconds since the run began. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Runs the action at this time; a time that has passed means now. */
    public void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(nanos, nowNanos), ties.nextLong(), scheduled++, action));
    }

    public void after(long delayNanos, Runnable action) {
        at(Math.addExact(nowNanos, delayNanos), action);
    }

    /** Runs the next action; false when there is none. */
    public boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos();
        next.action().run();
        return true;
    }

    /** Runs everything up to this time, included, and moves the time there. */
    public void runUntil(long nanos) {
        while (!events.isEmpty() && events.peek().atNanos() <= nanos) {
            step();
        }
        nowNanos = Math.max(nowNanos, nanos);
    }
}
