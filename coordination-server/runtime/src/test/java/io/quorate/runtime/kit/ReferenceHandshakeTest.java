package io.quorate.runtime.kit;

/** The handshake of Apache ZooKeeper. */
final class ReferenceHandshakeTest extends HandshakeKit implements OnReference {}
