package io.quorate.runtime.kit;

/** {@link FourLetterKit} on this server. */
final class QuorateFourLetterTest extends FourLetterKit implements OnQuorate {}
