package io.quorate.runtime.kit;

import org.junit.jupiter.api.Nested;

/** What a client of Apache ZooKeeper sees that follows a leader of ours: the same as of a single server. */
final class ReferenceFollowerIT {

    /** Binds a part of the kit to such a follower. */
    interface OnFollower extends OnReference {
        @Override
        default ServerUnderTest newServer() {
            return new FollowerUnderTest(MemberKind.REFERENCE, MemberKind.QUORATE);
        }
    }

    @Nested
    final class AuthPart extends AuthKit implements OnFollower {}

    @Nested
    final class ContainerPart extends ContainerKit implements OnFollower {}

    @Nested
    final class CreatePart extends CreateKit implements OnFollower {}

    @Nested
    final class DeleteSetPart extends DeleteSetKit implements OnFollower {}

    @Nested
    final class HazardPart extends HazardKit implements OnFollower {}

    @Nested
    final class HeaderPart extends HeaderKit implements OnFollower {}

    @Nested
    final class MultiPart extends MultiKit implements OnFollower {}

    @Nested
    final class PathPart extends PathKit implements OnFollower {}

    @Nested
    final class QuotaPart extends QuotaKit implements OnFollower {}

    @Nested
    final class SessionPart extends SessionKit implements OnFollower {}

    @Nested
    final class WatchPart extends WatchKit implements OnFollower {}
}
