package io.quorate.core.watch;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.client.EventType;
import java.util.List;

/**
 * Told which connection is due an event. Checks READ against {@code acl} and sends, or drops the event silently (client
 * protocol 7.3); either way the registration has been served. Must not trigger further changes while it is being told.
 */
@FunctionalInterface
public interface WatchSink {

    /**
     * @param link the connection
     * @param path what the event names: the changed node, or the parent whose children changed
     * @param acl the list that decides whether the connection may know
     */
    void notify(long link, EventType type, NodePath path, List<Acl> acl);
}
