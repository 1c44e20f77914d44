package io.quorate.runtime.kit;

/** {@link ContainerKit} on Apache ZooKeeper. */
final class ReferenceContainerTest extends ContainerKit implements OnReference {}
