package io.quorate.runtime.kit;

/** {@link DeleteSetKit} on this server. */
final class QuorateDeleteSetTest extends DeleteSetKit implements OnQuorate {}
