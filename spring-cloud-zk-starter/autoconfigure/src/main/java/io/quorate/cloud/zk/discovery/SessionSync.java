package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkRequests;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has the server of each session catch up once, before anything is read in it. A session that only its server knows may
 * begin at one that lags behind the former, and an older list must not be taken for a newer. Used by one lane.
 */
final class SessionSync {

    private final ZkRequests requests;
    private final String path;
    private long session;
    private @Nullable CompletableFuture<Void> answer;

    /** @param path above all that is read */
    SessionSync(ZkRequests requests, String path) {
        this.requests = requests;
        this.path = path;
    }

    /** Completes when what is read in this session is as new as what was read in those before. */
    CompletableFuture<Void> in(long present) {
        CompletableFuture<Void> known = answer;
        if (known == null || session != present || known.isCompletedExceptionally()) {
            known = requests.sync(path);
            session = present;
            answer = known;
        }
        return known;
    }
}
