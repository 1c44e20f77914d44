package io.quorate.runtime.kit;

/** {@link AuthKit} on Apache ZooKeeper. */
final class ReferenceAuthTest extends AuthKit implements OnReference {}
