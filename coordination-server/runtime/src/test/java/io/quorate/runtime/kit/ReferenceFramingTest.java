package io.quorate.runtime.kit;

/** {@link FramingKit} on Apache ZooKeeper. */
final class ReferenceFramingTest extends FramingKit implements OnReference {}
