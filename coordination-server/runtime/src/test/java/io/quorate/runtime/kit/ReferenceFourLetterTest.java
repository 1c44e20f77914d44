package io.quorate.runtime.kit;

/** {@link FourLetterKit} on Apache ZooKeeper. */
final class ReferenceFourLetterTest extends FourLetterKit implements OnReference {}
