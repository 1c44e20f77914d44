package io.quorate.runtime.kit;

/** {@link HandshakeKit} on this server. */
final class QuorateHandshakeTest extends HandshakeKit implements OnQuorate {}
