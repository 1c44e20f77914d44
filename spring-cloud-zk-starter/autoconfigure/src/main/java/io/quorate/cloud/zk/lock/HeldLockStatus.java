package io.quorate.cloud.zk.lock;

import java.time.Instant;

/**
 * A lock that this application holds, for people to read.
 *
 * @param name of the lock
 * @param fencingToken larger for every later holder
 * @param valid whether it is held for certain
 * @param since when it was acquired
 */
public record HeldLockStatus(String name, long fencingToken, boolean valid, Instant since) {}
