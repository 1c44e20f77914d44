package io.quorate.runtime.kit;

/** {@link HeaderKit} on Apache ZooKeeper. */
final class ReferenceHeaderTest extends HeaderKit implements OnReference {}
