package io.quorate.core.zab;

import io.quorate.core.request.WritePath;

/** The inputs that every role of a replica understands. Only the replica creates roles and changes them. */
public interface Role extends WritePath {

    /** What this role is called on the status page, in metrics and in health details. */
    RoleName name();

    /** The log has made everything up to and including this zxid durable. Never decreases. */
    void onLogDurable(long zxid);

    /** Highest zxid this role has handed to the log. */
    long lastProposedZxid();
}
