package io.quorate.runtime.kit;

/** {@link CreateKit} on this server. */
final class QuorateCreateTest extends CreateKit implements OnQuorate {}
