package io.quorate.runtime.kit;

import org.junit.jupiter.api.Nested;

/**
 * What a client of Apache ZooKeeper sees that follows a leader of ours: writes of every sort have the results that they
 * have on a single server. Quotas are left out: a leader judges them by what it has applied, which may be less
 * than what a follower's client has been told.
 */
final class ReferenceFollowerIT {

    /** Binds a part of the kit to such a follower. */
    interface OnFollower extends OnReference {
        @Override
        default ServerUnderTest newServer() {
            return new FollowerUnderTest(MemberKind.REFERENCE, MemberKind.QUORATE);
        }
    }

    @Nested
    final class CreatePart extends CreateKit implements OnFollower {}

    @Nested
    final class DeleteSetPart extends DeleteSetKit implements OnFollower {}

    @Nested
    final class MultiPart extends MultiKit implements OnFollower {}

    @Nested
    final class AuthPart extends AuthKit implements OnFollower {}
}
