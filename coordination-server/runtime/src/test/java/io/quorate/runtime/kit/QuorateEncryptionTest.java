package io.quorate.runtime.kit;

/** {@link EncryptionKit} on this server. */
final class QuorateEncryptionTest extends EncryptionKit implements OnQuorate {}
