package io.quorate.runtime.kit;

/** {@link WatchRemovalKit} on Apache ZooKeeper. */
final class ReferenceWatchRemovalTest extends WatchRemovalKit implements OnReference {}
