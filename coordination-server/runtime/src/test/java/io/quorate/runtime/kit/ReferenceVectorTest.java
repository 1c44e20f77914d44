package io.quorate.runtime.kit;

/** {@link VectorKit} on Apache ZooKeeper. */
final class ReferenceVectorTest extends VectorKit implements OnReference {}
