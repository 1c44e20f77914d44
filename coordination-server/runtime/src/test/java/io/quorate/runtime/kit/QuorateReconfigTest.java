package io.quorate.runtime.kit;

/** {@link ReconfigKit} on this server. */
final class QuorateReconfigTest extends ReconfigKit implements OnQuorate {}
