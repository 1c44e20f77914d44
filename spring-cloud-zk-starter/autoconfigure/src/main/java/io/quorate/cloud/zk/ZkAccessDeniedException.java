package io.quorate.cloud.zk;

import java.util.Collection;
import org.apache.zookeeper.KeeperException;

/** The identities of the session do not allow what has to be done. */
public final class ZkAccessDeniedException extends RuntimeException {

    private final String path;
    private final String operation;
    private final Collection<String> schemes;

    /**
     * @param path node that was refused
     * @param operation what was to be done with it, as a verb: "read", "create"
     * @param schemes schemes of the identities that the session has; empty for none
     */
    public ZkAccessDeniedException(String path, String operation, Collection<String> schemes, KeeperException cause) {
        super(
                "The server does not allow to " + operation + " " + path + " with "
                        + (schemes.isEmpty() ? "no credentials" : "the credentials for " + schemes),
                cause);
        this.path = path;
        this.operation = operation;
        this.schemes = schemes;
    }

    public String path() {
        return path;
    }

    public String operation() {
        return operation;
    }

    /** Schemes of the identities that were presented; empty for none. */
    public Collection<String> schemes() {
        return schemes;
    }
}
