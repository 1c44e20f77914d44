package io.quorate.runtime.kit;

/** {@link ReplicatedKit} on Apache ZooKeeper. */
final class ReferenceReplicatedTest extends ReplicatedKit implements OnReference {}
