package io.quorate.runtime.kit;

/** {@link EncryptionKit} on Apache ZooKeeper. */
final class ReferenceEncryptionTest extends EncryptionKit implements OnReference {}
