package io.quorate.runtime.kit;

/** {@link CreateKit} on Apache ZooKeeper. */
final class ReferenceCreateTest extends CreateKit implements OnReference {}
