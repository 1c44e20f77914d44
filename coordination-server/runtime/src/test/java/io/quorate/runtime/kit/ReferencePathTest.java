package io.quorate.runtime.kit;

/** {@link PathKit} on Apache ZooKeeper. */
final class ReferencePathTest extends PathKit implements OnReference {}
