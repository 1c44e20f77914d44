package io.quorate.runtime.kit;

/** {@link ReplicatedKit} on this server. */
final class QuorateReplicatedTest extends ReplicatedKit implements OnQuorate {}
