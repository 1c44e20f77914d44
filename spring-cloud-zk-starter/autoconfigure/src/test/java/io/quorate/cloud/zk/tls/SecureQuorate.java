package io.quorate.cloud.zk.tls;

import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.SecureClientPort;
import io.quorate.runtime.server.ServerOptions;
import io.quorate.runtime.tls.TlsMaterial;
import io.quorate.runtime.tls.TlsOptions;
import java.nio.file.Path;

/** This project's server. */
final class SecureQuorate implements SecureServer {

    private final CoordinationServer server;

    private SecureQuorate(CoordinationServer server) {
        this.server = server;
    }

    static SecureQuorate start(Path directory, TestKeys keys) {
        TlsMaterial material = new TlsMaterial(keys.keyManagers(), keys.trustManagers());
        return new SecureQuorate(CoordinationServer.start(ServerOptions.embedded(directory.resolve("data"))
                .withClientPort(-1)
                .withSecurePort(SecureClientPort.embedded(TlsOptions.of(() -> material)))));
    }

    @Override
    public String connectString() {
        return "localhost:" + server.secureClientPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
