package io.quorate.runtime.kit;

/** {@link HazardKit} on Apache ZooKeeper. */
final class ReferenceHazardTest extends HazardKit implements OnReference {}
