package io.quorate.core.replica;

import io.quorate.core.election.Election;
import io.quorate.core.election.ElectionMesh;
import io.quorate.core.election.ElectionTiming;
import io.quorate.core.election.MeshTiming;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.zab.Member;
import org.jspecify.annotations.Nullable;

/** Ties the election, its connections and the roles together, which need each other. */
final class EnsembleAssembly implements Election.Output, ElectionMesh.Receiver {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long REDIAL_PAUSE_NANOS = 50 * NANOS_PER_MILLI;

    private final Member member;
    private final Election election;
    private final ElectionMesh mesh;
    /** Null until it has been made, when nothing has been heard yet. */
    private @Nullable Ensemble ensemble;

    private EnsembleAssembly(EnsembleOptions options, Member member) {
        this.member = member;
        ElectionTiming timing = new ElectionTiming(
                options.finalizeWaitMillis() * NANOS_PER_MILLI,
                options.minNotificationMillis() * NANOS_PER_MILLI,
                options.maxNotificationMillis() * NANOS_PER_MILLI);
        election = new Election(options.serverId(), timing, this, member.events());
        MeshTiming meshTiming = new MeshTiming(
                options.connectTimeoutMillis(),
                (long) options.tickMillis() * options.syncLimitTicks() * NANOS_PER_MILLI,
                REDIAL_PAUSE_NANOS);
        mesh = new ElectionMesh(options.serverId(), options.membership(), member.links(), meshTiming, this);
    }

    static Ensemble of(EnsembleOptions options, Member member, StateReplacement replacement, ClientServing serving) {
        EnsembleAssembly assembly = new EnsembleAssembly(options, member);
        Ensemble made =
                new Ensemble(member, new Ensemble.Elections(assembly.election, assembly.mesh), replacement, serving);
        assembly.ensemble = made;
        return made;
    }

    @Override
    public void send(long serverId, Notification message) {
        mesh.send(serverId, message);
    }

    @Override
    public void connectAll() {
        mesh.connectAll();
    }

    @Override
    public boolean delivered() {
        return mesh.delivered();
    }

    @Override
    public boolean unreachable(long serverId) {
        return mesh.unreachable(serverId);
    }

    @Override
    public void lookingAgain(long serverId) {
        if (ensemble != null) {
            ensemble.onLookingAgain(serverId);
        }
    }

    @Override
    public void onNotification(long fromServerId, Notification message) {
        election.onNotification(fromServerId, message, member.time().nanos());
    }

    @Override
    public void onUnreachable(long serverId) {
        election.onUnreachable(serverId, member.time().nanos());
    }

    @Override
    public void onDisconnected(long serverId) {
        election.onDisconnected(serverId);
    }

    @Override
    public void onRefused(String address, String reason) {
        member.events().electionLinkRefused(address, reason);
    }
}
