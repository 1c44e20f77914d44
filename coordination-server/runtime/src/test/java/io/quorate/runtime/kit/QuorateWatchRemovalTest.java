package io.quorate.runtime.kit;

/** {@link WatchRemovalKit} on this server. */
final class QuorateWatchRemovalTest extends WatchRemovalKit implements OnQuorate {}
