package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after another, in the order in which they were handed in or fell due. What only one lane touches needs
 * no lock. A task that throws is logged, and the next one runs.
 */
public interface ZkLane extends Executor {

    /**
     * Runs a task once, not before the delay is over.
     *
     * @return cancels the task if it has not begun
     */
    Runnable schedule(Runnable task, Duration delay);

    /**
     * Runs a task again and again, with this pause between the end of one run and the begin of the next.
     *
     * @return ends that; a run that has begun goes on
     */
    Runnable scheduleEvery(Runnable task, Duration pause);
}
