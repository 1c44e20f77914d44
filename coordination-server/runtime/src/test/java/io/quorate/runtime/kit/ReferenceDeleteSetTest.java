package io.quorate.runtime.kit;

/** {@link DeleteSetKit} on Apache ZooKeeper. */
final class ReferenceDeleteSetTest extends DeleteSetKit implements OnReference {}
