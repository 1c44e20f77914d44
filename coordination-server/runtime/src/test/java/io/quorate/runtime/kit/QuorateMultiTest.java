package io.quorate.runtime.kit;

/** {@link MultiKit} on this server. */
final class QuorateMultiTest extends MultiKit implements OnQuorate {}
