package io.quorate.cloud.zk.docker;

import io.quorate.cloud.zk.ZkConnectionDetails;
import java.util.Set;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Connects to a service of Docker Compose whose image is called {@code zookeeper} or {@code quorate}, whoever publishes
 * it, or that says {@code org.springframework.boot.service-connection=zookeeper} in a label.
 */
final class ZkDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<ZkConnectionDetails> {

    private static final Set<String> NAMES = Set.of("zookeeper", "quorate");
    private static final String LABEL = "org.springframework.boot.service-connection";
    private static final int CLIENT_PORT = 2181;

    ZkDockerComposeConnectionDetailsFactory() {
        super(source -> isOurs(source.getRunningService()));
    }

    /** A label says what a service is, whatever its image is called. */
    private static boolean isOurs(RunningService service) {
        String label = service.labels().get(LABEL);
        String name = label == null
                ? service.image().getName()
                : ImageReference.of(label).getName();
        return NAMES.contains(name.substring(name.lastIndexOf('/') + 1));
    }

    @Override
    protected ZkConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new Details(source.getRunningService());
    }

    /** The port that Compose publishes the client port on. */
    private static final class Details extends DockerComposeConnectionDetails implements ZkConnectionDetails {

        private final String connectString;

        Details(RunningService service) {
            super(service);
            connectString = service.host() + ":" + service.ports().get(CLIENT_PORT);
        }

        @Override
        public String connectString() {
            return connectString;
        }
    }
}
