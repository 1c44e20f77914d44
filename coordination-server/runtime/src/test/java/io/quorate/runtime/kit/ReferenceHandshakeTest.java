package io.quorate.runtime.kit;

/** {@link HandshakeKit} on Apache ZooKeeper. */
final class ReferenceHandshakeTest extends HandshakeKit implements OnReference {}
