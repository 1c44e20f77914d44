package io.quorate.simulation.quorum;

import io.quorate.core.wire.peer.QuorumPacket;

/** A property of an ensemble. Told of everything in the moment in which it happens, within the turn of the member. */
interface QuorumInvariant {

    default void recovered(MemberView member) {}

    default void died(MemberView member) {}

    default void wiped(MemberView member) {}

    default void afterTurn(MemberView member) {}

    /** A leader may propose from now on. */
    default void leads(MemberView leader, long epoch) {}

    default void proposed(MemberView leader, long zxid) {}

    default void committed(MemberView leader, long zxid) {}

    /** A packet between leader and learner has been handed to the network. */
    default void sent(MemberView member, long link, QuorumPacket packet) {}

    /** A packet between leader and learner has been read. */
    default void received(MemberView member, long link, QuorumPacket packet) {}
}
