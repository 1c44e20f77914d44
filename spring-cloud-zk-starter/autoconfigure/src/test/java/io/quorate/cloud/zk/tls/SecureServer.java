package io.quorate.cloud.zk.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A server with TLS only, which asks clients for their certificate: the one that the build is testing with. */
interface SecureServer extends AutoCloseable {

    static SecureServer start(Path directory, TestKeys keys) throws IOException {
        return "zookeeper".equals(System.getProperty("quorate.test.server"))
                ? SecureZooKeeper.start(directory, keys)
                : SecureQuorate.start(directory, keys);
    }

    /** By name, which clients compare with the certificate. */
    String connectString();

    @Override
    void close();
}
