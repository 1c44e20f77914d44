package io.quorate.runtime.kit;

/** {@link PathKit} on this server. */
final class QuoratePathTest extends PathKit implements OnQuorate {}
