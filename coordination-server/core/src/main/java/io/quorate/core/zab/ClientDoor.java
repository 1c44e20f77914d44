package io.quorate.core.zab;

import io.quorate.core.request.ClientSide;
import io.quorate.core.request.WritePath;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.TouchTable;

/** Where a role lets clients in, once it has something to serve. Closed by the replica when the role ends. */
public interface ClientDoor {

    /**
     * This server decides: about writes, about sessions, about containers.
     *
     * @param applied learns of each transaction
     */
    ClientSide openDeciding(WritePath writes, ExpiryWheel wheel, Database.Listener applied);

    /** Another server decides. */
    ClientSide openForwarding(WritePath writes, TouchTable touches);
}
