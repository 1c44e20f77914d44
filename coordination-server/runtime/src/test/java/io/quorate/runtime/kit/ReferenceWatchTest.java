package io.quorate.runtime.kit;

/** {@link WatchKit} on Apache ZooKeeper. */
final class ReferenceWatchTest extends WatchKit implements OnReference {}
