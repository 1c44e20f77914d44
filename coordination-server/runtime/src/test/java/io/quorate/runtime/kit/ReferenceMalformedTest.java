package io.quorate.runtime.kit;

/** {@link MalformedKit} on Apache ZooKeeper. */
final class ReferenceMalformedTest extends MalformedKit implements OnReference {}
