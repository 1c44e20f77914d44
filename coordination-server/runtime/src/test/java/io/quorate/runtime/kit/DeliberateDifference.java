package io.quorate.runtime.kit;

/**
 * Where this server does not do what Apache ZooKeeper does, on purpose. The numbers are those of client protocol 13.
 * This is the only place that names them; tests choose their expectation by it.
 */
public enum DeliberateDifference {
    TTL_OPCODE_WITH_OTHER_FLAGS(
            1, "createTTL with non-TTL flags and a negative ttl is accepted and fails while being applied", "-8"),
    DELETE_CONTAINER_FROM_CLIENTS(
            2, "deleteContainer is served without session or ACL check", "-6 with zxid -1, then close"),
    CREATE_SESSION_FROM_CLIENTS(3, "createSession is served", "-6 with zxid -1, then close"),
    RESUME_CLOSES_BEFORE_PASSWORD_CHECK(
            4, "a resume with a wrong password closes the session's connection", "that connection stays"),
    CREATE_FLAGS_OF_ANOTHER_OPCODE(
            5, "create with flags 4 makes a persistent node, createContainer makes a container from any flags", "-8"),
    ACL_WITH_NULL_ID(6, "an ACL entry of world or digest with a null id is -5", "-114"),
    MALFORMED_QUOTA_TEXT(7, "malformed quota text raises exceptions in the server", "it counts as no quota"),
    READ_ONLY_WITHOUT_LOCAL_SESSIONS(
            9, "a new session is answered with an error header instead of a ConnectResponse", "close");

    private final int hazard;
    private final String reference;
    private final String ours;

    DeliberateDifference(int hazard, String reference, String ours) {
        this.hazard = hazard;
        this.reference = reference;
        this.ours = ours;
    }

    @Override
    public String toString() {
        return "hazard " + hazard + ": ZooKeeper: " + reference + "; here: " + ours;
    }
}
