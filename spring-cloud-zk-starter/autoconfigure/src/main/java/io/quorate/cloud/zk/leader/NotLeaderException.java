package io.quorate.cloud.zk.leader;

/** This candidate does not lead the role, or not any more. */
public final class NotLeaderException extends RuntimeException {

    private final String role;

    NotLeaderException(String role) {
        super("This application does not lead the role '" + role + "'");
        this.role = role;
    }

    public String role() {
        return role;
    }
}
