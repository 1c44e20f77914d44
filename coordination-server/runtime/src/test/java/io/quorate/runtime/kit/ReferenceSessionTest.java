package io.quorate.runtime.kit;

/** {@link SessionKit} on Apache ZooKeeper. */
final class ReferenceSessionTest extends SessionKit implements OnReference {}
