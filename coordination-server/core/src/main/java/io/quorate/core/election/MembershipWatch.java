package io.quorate.core.election;

import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.InvalidMembership;
import io.quorate.core.quorum.Membership;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what others say of the membership with what this server believes. A static list is changed by people: a
 * newer one elsewhere that lists other servers is reported, once, and never adopted, since adopting it would restart
 * the election for ever (quorum protocol 3.2). What cannot be read is ignored, as every member does.
 */
final class MembershipWatch {

    /** More texts than an ensemble has at one time; forgetting costs no more than a second report. */
    private static final int MOST_TEXTS = 16;

    private final ServerEvents events;
    /** Texts that have been looked at, so that each is parsed and reported once. */
    private final LinkedHashSet<String> judged = new LinkedHashSet<>();

    MembershipWatch(ServerEvents events) {
        this.events = events;
    }

    /** Our own membership is this one from now on. */
    void ours(String text) {
        judged.clear();
        judged.add(text);
    }

    void onConfig(long fromServerId, @Nullable String theirs, Membership ours) {
        if (theirs == null || judged.contains(theirs)) {
            return;
        }
        if (judged.size() >= MOST_TEXTS) {
            judged.clear();
        }
        judged.add(theirs);
        if (isNewerAndOther(theirs, ours)) {
            events.membershipDiffers(fromServerId, theirs);
        }
    }

    private static boolean isNewerAndOther(String theirs, Membership ours) {
        try {
            Membership membership = Membership.parse(theirs);
            return membership.version() > ours.version() && !membership.sameMembers(ours);
        } catch (InvalidMembership unreadable) {
            return false;
        }
    }
}
