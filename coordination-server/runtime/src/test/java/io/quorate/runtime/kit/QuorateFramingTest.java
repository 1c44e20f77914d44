package io.quorate.runtime.kit;

/** {@link FramingKit} on this server. */
final class QuorateFramingTest extends FramingKit implements OnQuorate {}
