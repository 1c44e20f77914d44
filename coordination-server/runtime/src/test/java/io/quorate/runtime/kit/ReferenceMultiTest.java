package io.quorate.runtime.kit;

/** {@link MultiKit} on Apache ZooKeeper. */
final class ReferenceMultiTest extends MultiKit implements OnReference {}
