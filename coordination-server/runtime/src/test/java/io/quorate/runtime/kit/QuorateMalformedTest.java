package io.quorate.runtime.kit;

/** {@link MalformedKit} on this server. */
final class QuorateMalformedTest extends MalformedKit implements OnQuorate {}
