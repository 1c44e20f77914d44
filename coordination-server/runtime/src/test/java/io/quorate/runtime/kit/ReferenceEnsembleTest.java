package io.quorate.runtime.kit;

/** {@link EnsembleKit} on Apache ZooKeeper. */
final class ReferenceEnsembleTest extends EnsembleKit implements OnReference {}
