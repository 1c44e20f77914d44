package io.quorate.runtime.kit;

/** {@link HazardKit} on this server. */
final class QuorateHazardTest extends HazardKit implements OnQuorate {}
