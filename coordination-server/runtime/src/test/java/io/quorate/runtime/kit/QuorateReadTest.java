package io.quorate.runtime.kit;

/** {@link ReadKit} on this server. */
final class QuorateReadTest extends ReadKit implements OnQuorate {}
