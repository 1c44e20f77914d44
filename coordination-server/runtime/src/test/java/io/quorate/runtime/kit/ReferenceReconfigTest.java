package io.quorate.runtime.kit;

/** {@link ReconfigKit} on Apache ZooKeeper. */
final class ReferenceReconfigTest extends ReconfigKit implements OnReference {}
