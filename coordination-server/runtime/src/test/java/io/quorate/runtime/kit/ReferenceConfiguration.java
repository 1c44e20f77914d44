package io.quorate.runtime.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns {@link ServerOptions} into the files and the command line of Apache ZooKeeper. */
final class ReferenceConfiguration {

    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%xEx</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final ServerOptions options;
    private final Path directory;
    private final ReferencePorts ports;
    /** The server id, which is also the position in the lists of ports, from 1. */
    private final int member;
    /** 0 where every connection is plain. */
    private final int securePort;

    ReferenceConfiguration(ServerOptions options, Path directory, ReferencePorts ports, int member, int securePort) {
        this.options = options;
        this.directory = directory;
        this.ports = ports;
        this.member = member;
        this.securePort = securePort;
    }

    void write() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("logback.xml"), LOGBACK);
        Files.write(directory.resolve("zoo.cfg"), lines(data));
        if (ports.isReplicated()) {
            Files.writeString(data.resolve("myid"), String.valueOf(member));
        }
    }

    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
                "-Dzookeeper.admin.enableServer=false",
                "-Dzookeeper.jmx.log4j.disable=true",
                // What is tested here is the protocol; without fsync the many small writes take no time.
                "-Dzookeeper.forceSync=no"));
        property(command, "zookeeper.DigestAuthenticationProvider.superDigest", options.superDigest());
        if (options.enforcedAuthSchemes() != null) {
            property(command, "zookeeper.enforce.auth.enabled", "true");
            property(command, "zookeeper.enforce.auth.schemes", options.enforcedAuthSchemes());
        }
        property(command, "zookeeper.extendedTypesEnabled", String.valueOf(options.extendedTypes()));
        property(command, "zookeeper.enforceQuota", String.valueOf(options.enforceQuota()));
        property(command, "zookeeper.nio.sessionlessCnxnTimeout", String.valueOf(options.sessionlessTimeoutMillis()));
        property(command, "znode.container.checkIntervalMs", String.valueOf(options.containerCheckIntervalMillis()));
        property(command, "jute.maxbuffer", String.valueOf(options.maxFrameBytes()));
        if (options.shape() == ServerOptions.Shape.WITHOUT_QUORUM) {
            property(command, "readonlymode.enabled", "true");
        }
        command.add("org.apache.zookeeper.server.quorum.QuorumPeerMain");
        command.add(directory.resolve("zoo.cfg").toString());
        return command;
    }

    private List<String> lines(Path data) {
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data,
                "clientPort=" + ports.client().get(member - 1),
                "clientPortAddress=127.0.0.1",
                "tickTime=" + options.tickTimeMillis(),
                "minSessionTimeout=" + options.minSessionTimeoutMillis(),
                "maxSessionTimeout=" + options.maxSessionTimeoutMillis(),
                "maxClientCnxns=" + options.maxClientConnections(),
                "reconfigEnabled=" + options.reconfig(),
                "localSessionsEnabled=" + options.localSessions(),
                "localSessionsUpgradingEnabled=" + options.localSessionsUpgrading()));
        if (options.fourLetterWords() != null) {
            lines.add("4lw.commands.whitelist=" + options.fourLetterWords());
        }
        if (options.encryption() != null) {
            lines.addAll(encryption(options.encryption()));
        }
        if (ports.isReplicated()) {
            lines.addAll(List.of("initLimit=10", "syncLimit=5", "standaloneEnabled=false"));
            lines.addAll(ports.serverLines());
        }
        return lines;
    }

    private List<String> encryption(ServerOptions.Encryption wanted) {
        TestKeys keys = wanted.keys();
        List<String> lines = new ArrayList<>(List.of(
                "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
                "secureClientPort=" + securePort,
                "secureClientPortAddress=127.0.0.1",
                "client.portUnification=" + wanted.onPlainPort(),
                "ssl.clientAuth=" + wanted.clientAuth(),
                "ssl.keyStore.location=" + keys.of(TestKeys.SERVER),
                "ssl.keyStore.password=" + TestKeys.PASSWORD,
                "ssl.trustStore.location=" + keys.trusted(),
                "ssl.trustStore.password=" + TestKeys.PASSWORD));
        if (wanted.superSubject() != null) {
            lines.add("X509AuthenticationProvider.superUser=" + wanted.superSubject());
        }
        return lines;
    }

    private static void property(List<String> command, String name, @Nullable String value) {
        if (value != null) {
            command.add("-D" + name + "=" + value);
        }
    }
}
