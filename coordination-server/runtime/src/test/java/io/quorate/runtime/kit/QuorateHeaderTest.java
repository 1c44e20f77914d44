package io.quorate.runtime.kit;

/** {@link HeaderKit} on this server. */
final class QuorateHeaderTest extends HeaderKit implements OnQuorate {}
