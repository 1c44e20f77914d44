package io.quorate.cloud.zk.leader;

import java.util.List;

/** The roles for which this application is a candidate. Thread-safe. */
public interface LeaderElections {

    /**
     * The election for a role. Asking for it makes this application a candidate: when it is ready, or at once if it is
     * ready already. The same role gives the same object.
     *
     * @param name any name that is not empty
     */
    LeaderElection role(String name);

    /** All roles that were asked for so far, by name. */
    List<LeaderElection> roles();
}
