package io.quorate.cloud.zk;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the servers are. A bean of this type wins over {@code spring.cloud.zookeeper.connect-string}. */
public interface ZkConnectionDetails extends ConnectionDetails {

    /** Servers as a comma list of {@code host:port}, with an optional chroot at the end. */
    String connectString();
}
