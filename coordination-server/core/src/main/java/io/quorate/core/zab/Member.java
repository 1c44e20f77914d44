package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.log.EpochStore;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.request.TxnPreparer;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.wire.peer.LearnerInfo;
import java.util.function.Supplier;

/**
 * What a member of an ensemble is made of, whatever its role. The parts are the replica's.
 *
 * @param serverId this member
 * @param maxRecordBytes the longest transaction or packet data
 * @param preparers makes a preparer over the database as it is
 * @param wheels makes an expiry wheel that times nobody yet
 */
public record Member(
        long serverId,
        Membership membership,
        QuorumTiming timing,
        Database database,
        EpochStore epochs,
        PeerLinks links,
        ClientDoor door,
        TurnTime time,
        ServerEvents events,
        int maxRecordBytes,
        Supplier<TxnPreparer> preparers,
        Supplier<ExpiryWheel> wheels) {

    /** What this member tells a leader of itself. */
    LearnerInfo introduction() {
        return new LearnerInfo(serverId, LearnerInfo.PROTOCOL_VERSION, membership.version());
    }

    boolean isVoter(long id) {
        return membership.isVoter(id);
    }
}
