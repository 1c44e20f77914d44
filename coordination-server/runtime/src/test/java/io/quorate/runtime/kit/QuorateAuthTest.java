package io.quorate.runtime.kit;

/** {@link AuthKit} on this server. */
final class QuorateAuthTest extends AuthKit implements OnQuorate {}
