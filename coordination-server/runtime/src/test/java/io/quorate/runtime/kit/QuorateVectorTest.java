package io.quorate.runtime.kit;

/** {@link VectorKit} on this server. */
final class QuorateVectorTest extends VectorKit implements OnQuorate {}
