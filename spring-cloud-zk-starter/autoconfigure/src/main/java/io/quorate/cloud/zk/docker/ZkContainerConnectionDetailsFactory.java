package io.quorate.cloud.zk.docker;

import io.quorate.cloud.zk.ZkConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.GenericContainer;

/** Connects to a container with {@code @ServiceConnection(name = "zookeeper")}, or of an image of that name. */
final class ZkContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<GenericContainer<?>, ZkConnectionDetails> {

    private static final int CLIENT_PORT = 2181;

    ZkContainerConnectionDetailsFactory() {
        super("zookeeper");
    }

    @Override
    protected ZkConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<GenericContainer<?>> source) {
        return new Details(source);
    }

    /** Asked for when the container runs. */
    private static final class Details extends ContainerConnectionDetails<GenericContainer<?>>
            implements ZkConnectionDetails {

        Details(ContainerConnectionSource<GenericContainer<?>> source) {
            super(source);
        }

        @Override
        public String connectString() {
            GenericContainer<?> container = getContainer();
            return container.getHost() + ":" + container.getMappedPort(CLIENT_PORT);
        }
    }
}
