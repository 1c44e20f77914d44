package io.quorate.runtime.kit;

/** {@link WatchKit} on this server. */
final class QuorateWatchTest extends WatchKit implements OnQuorate {}
