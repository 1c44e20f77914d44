package io.quorate.core.request;

import io.quorate.core.session.ExpiryWheel;

/** What is decided without any client asking: which sessions expire and which containers go. */
public final class Upkeep {

    private final SessionKeeper sessions;
    private final ContainerReaper containers;

    /** For a leader or a standalone server; a learner leaves all of it to its leader. */
    public Upkeep(ServerState state, ExpiryWheel wheel, WritePath writes, ContainerOptions options) {
        sessions = new SessionKeeper(state, wheel, writes);
        sessions.closeUnknownOwners();
        containers = new ContainerReaper(state, writes, options);
    }

    void onTime() {
        sessions.onTime();
        containers.onTime();
    }

    long nextDeadlineNanos() {
        return Math.min(sessions.nextDeadlineNanos(), containers.nextDeadlineNanos());
    }
}
