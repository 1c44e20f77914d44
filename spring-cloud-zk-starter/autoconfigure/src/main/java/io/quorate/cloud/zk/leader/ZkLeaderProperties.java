package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.queue.RootPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Leader election.
 *
 * @param enabled whether this application can take part in elections
 * @param root path below which every role has its queue
 * @param roles roles for which this application is a candidate as soon as it is ready
 * @param candidateId what this application calls itself in elections; when absent its instance id, or its name, host
 *     and process where it has none
 * @param revokeOn what ends a leadership when the connection is in trouble; "lost" trades safety for calm
 * @param followReadiness whether this application resigns while it refuses traffic
 */
@ConfigurationProperties("spring.cloud.zookeeper.leader")
public record ZkLeaderProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/leader") String root,
        @DefaultValue List<String> roles,
        @Nullable String candidateId,
        @DefaultValue("suspended") RevokeOn revokeOn,
        @DefaultValue("true") boolean followReadiness) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ZkLeaderProperties {
        RootPath.require("spring.cloud.zookeeper.leader.root", root);
    }
}
