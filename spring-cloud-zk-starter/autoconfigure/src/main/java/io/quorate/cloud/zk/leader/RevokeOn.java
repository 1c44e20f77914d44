package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.ZkConnection;

/** What ends a leadership when the connection is in trouble. */
public enum RevokeOn {

    /** The connection is gone. Nobody else can lead yet, and this candidate stops in time. */
    SUSPENDED {
        @Override
        boolean standsIn(ZkConnection verified, ZkConnection now) {
            return now.connected() && verified.equals(now);
        }
    },

    /** The session is over. Calmer, and unsafe: another may lead before this candidate knows that. */
    LOST {
        @Override
        boolean standsIn(ZkConnection verified, ZkConnection now) {
            return now.sessionId() == verified.sessionId();
        }
    };

    /**
     * Whether a leadership stands.
     *
     * @param verified the connection in which its node was seen
     * @param now the connection at present
     */
    abstract boolean standsIn(ZkConnection verified, ZkConnection now);
}
