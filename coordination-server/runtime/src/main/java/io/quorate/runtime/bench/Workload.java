package io.quorate.runtime.bench;

import java.util.Locale;

/** What the clients do. */
public enum Workload {
    /** Every request overwrites the data of one of the prepared nodes. */
    SET,
    /** Every request creates a new node. */
    CREATE,
    /** Every request reads the data of one of the prepared nodes. */
    GET,
    /** Nine reads to one write, on the prepared nodes. */
    MIX,
    /** Every operation is a connection, a session that is opened, and the same session closed. */
    SESSIONS;

    /** As it is written on the command line and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such workload; the message lists those that exist */
    public static Workload of(String label) {
        StringBuilder known = new StringBuilder();
        for (Workload workload : values()) {
            if (workload.label().equals(label)) {
                return workload;
            }
            known.append(' ').append(workload.label());
        }
        throw new IllegalArgumentException("There is no workload \"" + label + "\"; there are:" + known);
    }
}
