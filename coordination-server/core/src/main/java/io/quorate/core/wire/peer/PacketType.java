package io.quorate.core.wire.peer;

/** The numbers of the packets between leader and learner (quorum protocol 4.1). */
public final class PacketType {

    public static final int REQUEST = 1;
    public static final int PROPOSAL = 2;
    public static final int ACK = 3;
    public static final int COMMIT = 4;
    public static final int PING = 5;
    public static final int REVALIDATE = 6;
    public static final int SYNC = 7;
    public static final int INFORM = 8;
    public static final int COMMIT_AND_ACTIVATE = 9;
    public static final int NEW_LEADER = 10;
    public static final int FOLLOWER_INFO = 11;
    public static final int UP_TO_DATE = 12;
    public static final int DIFF = 13;
    public static final int TRUNC = 14;
    public static final int SNAP = 15;
    public static final int OBSERVER_INFO = 16;
    public static final int LEADER_INFO = 17;
    public static final int ACK_EPOCH = 18;
    public static final int INFORM_AND_ACTIVATE = 19;

    private PacketType() {}
}
