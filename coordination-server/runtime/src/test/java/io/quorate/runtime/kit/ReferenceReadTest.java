package io.quorate.runtime.kit;

/** {@link ReadKit} on Apache ZooKeeper. */
final class ReferenceReadTest extends ReadKit implements OnReference {}
