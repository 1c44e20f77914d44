package io.quorate.cloud.zk.lock;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How locks behave.
 *
 * @param properties of locks
 * @param holderId what this application calls itself, asked for with every lock; it is the content of its nodes
 * @param reconcileInterval how often held locks are compared with their nodes
 * @param observer sees every attempt
 */
public record LockSettings(
        ZkLockProperties properties,
        Supplier<String> holderId,
        Duration reconcileInterval,
        LockAcquisitionObserver observer) {}
