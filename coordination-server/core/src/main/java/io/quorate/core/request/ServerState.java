package io.quorate.core.request;

import io.quorate.core.auth.AclChecker;
import io.quorate.core.base.Limits;
import io.quorate.core.base.TurnTime;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.session.SessionTable;
import io.quorate.core.session.SessionTimer;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.watch.WatchTable;

/**
 * What every stage of a request works on. The parts are the replica's; this only spares each stage a long parameter
 * list.
 *
 * @param tree everything applied so far
 * @param time of the current turn
 */
public record ServerState(
        DataTree tree,
        NodeKinds kinds,
        WatchTable watches,
        SessionTable sessions,
        SessionTimer expiry,
        AclChecker aclChecker,
        Limits limits,
        TurnTime time,
        ClientLinks links,
        ServerEvents events) {

    /** Highest zxid whose effects are in the tree: the zxid of every ordinary reply. */
    long appliedZxid() {
        return tree.lastZxid();
    }
}
