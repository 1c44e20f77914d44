package io.quorate.runtime.kit;

/** {@link ContainerKit} on this server. */
final class QuorateContainerTest extends ContainerKit implements OnQuorate {}
