package io.quorate.core.wire.peer;

import org.jspecify.annotations.Nullable;

/** What a member says of itself in an election message (quorum protocol 3.1). */
public enum PeerState {
    LOOKING(0),
    FOLLOWING(1),
    LEADING(2),
    OBSERVING(3);

    private final int code;

    PeerState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Null where the code means nothing. */
    public static @Nullable PeerState of(int code) {
        for (PeerState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return null;
    }
}
