package io.quorate.runtime.kit;

/** {@link SessionKit} on this server. */
final class QuorateSessionTest extends SessionKit implements OnQuorate {}
