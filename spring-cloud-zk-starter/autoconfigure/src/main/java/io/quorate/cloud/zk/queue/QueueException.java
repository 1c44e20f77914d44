package io.quorate.cloud.zk.queue;

import io.quorate.cloud.zk.ZkRequests;
import java.util.EnumSet;
import java.util.Set;
import org.apache.zookeeper.KeeperException;

/** The server did not do what a queue needed. */
public final class QueueException extends RuntimeException {

    private static final Set<KeeperException.Code> TRANSIENT = EnumSet.of(
            KeeperException.Code.CONNECTIONLOSS,
            KeeperException.Code.SESSIONEXPIRED,
            KeeperException.Code.SESSIONMOVED,
            KeeperException.Code.OPERATIONTIMEOUT,
            KeeperException.Code.THROTTLEDOP);

    private final KeeperException.Code code;

    public QueueException(KeeperException cause) {
        super(message(cause), cause);
        this.code = cause.code();
    }

    private static String message(KeeperException cause) {
        String what = "The server answered " + cause.code() + " for " + cause.getPath();
        return cause.code() == KeeperException.Code.NOAUTH
                ? what + "; correct spring.cloud.zookeeper.auth[*] or the access list of that node or its parent"
                : what;
    }

    /** Whether the same may succeed later without anybody mending anything. */
    public boolean isTransient() {
        return TRANSIENT.contains(code);
    }

    /** {@link #isTransient()} of what an answer failed with; false for failures of any other kind. */
    public static boolean isTransient(Throwable failure) {
        return ZkRequests.causeOf(failure) instanceof QueueException refused && refused.isTransient();
    }
}
