package io.quorate.cloud.zk.tls;

import io.quorate.cloud.zk.ZooKeeperProcess;
import io.quorate.cloud.zk.test.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Apache ZooKeeper. */
final class SecureZooKeeper implements SecureServer {

    private final ZooKeeperProcess process;
    private final int port;

    private SecureZooKeeper(ZooKeeperProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static SecureZooKeeper start(Path directory, TestKeys keys) throws IOException {
        int port = FreePort.choose();
        ZooKeeperProcess process = ZooKeeperProcess.start(
                directory,
                List.of(
                        "secureClientPort=" + port,
                        "secureClientPortAddress=127.0.0.1",
                        "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                        "ssl.keyStore.location=" + keys.keyStore(),
                        "ssl.keyStore.password=" + TestKeys.PASSWORD,
                        "ssl.trustStore.location=" + keys.trustStore(),
                        "ssl.trustStore.password=" + TestKeys.PASSWORD));
        return new SecureZooKeeper(process, port);
    }

    @Override
    public String connectString() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
