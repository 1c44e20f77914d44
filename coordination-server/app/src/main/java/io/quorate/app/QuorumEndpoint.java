package io.quorate.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.ReplicaStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/quorum}: who this server is, what it does, and with whom. 503 while it loads its data or has
 * stopped.
 */
@Endpoint(id = "quorum")
final class QuorumEndpoint {

    /**
     * @param zxid last applied transaction, as {@code 0x...}
     * @param leaderId null while there is no leader; a standalone server is its own
     * @param voters ids of the members that vote; a standalone server is the only one
     * @param observers ids of the members that do not
     */
    record Quorum(
            long serverId,
            String role,
            long epoch,
            String zxid,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Long leaderId,

            List<Long> voters,
            List<Long> observers) {}

    private final CoordinationServerLifecycle lifecycle;

    QuorumEndpoint(CoordinationServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @ReadOperation
    WebEndpointResponse<Quorum> quorum() {
        ReplicaStatus status = lifecycle.status();
        if (status == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
        return new WebEndpointResponse<>(new Quorum(
                status.serverId(),
                status.role(),
                epoch(status),
                Hex.zxid(status.appliedZxid()),
                leader(status),
                status.ensemble() == null
                        ? List.of(status.serverId())
                        : status.ensemble().voters(),
                status.ensemble() == null ? List.of() : status.ensemble().observers()));
    }

    private static @Nullable Long leader(ReplicaStatus status) {
        EnsembleStatus ensemble = status.ensemble();
        if (ensemble == null) {
            return status.serverId();
        }
        return ensemble.leaderId() < 0 ? null : ensemble.leaderId();
    }

    /** The term's, which may be ahead of the last transaction. */
    private static long epoch(ReplicaStatus status) {
        EnsembleStatus ensemble = status.ensemble();
        return ensemble == null ? status.epoch() : ensemble.currentEpoch();
    }
}
