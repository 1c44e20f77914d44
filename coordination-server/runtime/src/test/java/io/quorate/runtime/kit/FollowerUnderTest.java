package io.quorate.runtime.kit;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A follower of one kind, whose leader may be of the other: whatever it is asked to write, its leader decides about.
 */
final class FollowerUnderTest implements ServerUnderTest {

    private static final int FOLLOWER = 1;
    /** Of two without data the larger id leads. */
    private static final int LEADER = 2;

    private final MemberKind followerKind;
    private final MemberKind leaderKind;
    private @Nullable EnsembleMember follower;
    private @Nullable EnsembleMember leader;

    FollowerUnderTest(MemberKind follower, MemberKind leader) {
        followerKind = follower;
        leaderKind = leader;
    }

    @Override
    public void start(ServerOptions options) {
        ReferencePorts ports = ReferencePorts.free(LEADER, LEADER);
        EnsembleMember first = followerKind.member(FOLLOWER, ports);
        EnsembleMember second = leaderKind.member(LEADER, ports);
        follower = first;
        leader = second;
        first.launchFirst(options);
        second.launchFirst(options);
        first.awaitServing();
        second.awaitServing();
    }

    private EnsembleMember follower() {
        return Objects.requireNonNull(follower, "the follower runs");
    }

    @Override
    public InetSocketAddress address() {
        return follower().address();
    }

    @Override
    public InetSocketAddress secureAddress() {
        throw new UnsupportedOperationException("the members of this ensemble encrypt nothing");
    }

    @Override
    public void stop() {
        follower().stop();
    }

    @Override
    public void restart() {
        stop();
        follower().launchAgain();
        follower().awaitServing();
    }

    @Override
    public void kill() {
        follower().kill();
    }

    /** The follower judges what it does not forward, and the leader the rest. */
    @Override
    public boolean deliberatelyDiffers(DeliberateDifference difference) {
        MemberKind judge = switch (difference) {
            case CREATE_FLAGS_OF_ANOTHER_OPCODE, ACL_WITH_NULL_ID -> leaderKind;
            default -> followerKind;
        };
        return judge == MemberKind.QUORATE;
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
        if (leader != null) {
            leader.close();
        }
    }
}
