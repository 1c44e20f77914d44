package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.app.failure.ExitCodes;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator reads when a start fails: what, where, how to mend it; and the exit code that goes with it. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

    @TempDir
    Path directory;

    /** @return the exit code; 0 when it started after all */
    private int start(String... properties) {
        String given = String.join(" ", properties);
        String[] arguments = Stream.concat(
                        Stream.of(
                                        "--coordination.data-dir=" + directory.resolve("data"),
                                        "--coordination.client-port=0",
                                        "--coordination.client-port-address=127.0.0.1")
                                // Boot joins values that are given twice.
                                .filter(usual -> !given.contains(usual.substring(0, usual.indexOf('=') + 1))),
                        Stream.of(properties))
                .toArray(String[]::new);
        try {
            new SpringApplicationBuilder(CoordinationServerApplication.class)
                    .web(WebApplicationType.NONE)
                    .registerShutdownHook(false)
                    .run(arguments)
                    .close();
            return ExitCodes.NORMAL;
        } catch (RuntimeException failed) {
            return ExitCodes.of(failed);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheWayToAnother(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThat(start("--coordination.client-port=" + port)).isEqualTo(1);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("cannot listen for clients on 127.0.0.1:" + port)
                    .contains("Stop the process that has port " + port)
                    .contains("coordination.client-port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed(CapturedOutput output) {
        assertThat(start("--coordination.client-port-address=192.0.2.1")).isEqualTo(1);
        assertThat(output).contains("192.0.2.1").contains("coordination.client-port-address");
    }

    @Test
    void aDirectoryOfARunningServerIsNamed(CapturedOutput output) {
        try (CoordinationServer running = CoordinationServer.start(ServerOptions.embedded(directory.resolve("data")))) {
            assertThat(running.clientPort()).isPositive();
            assertThat(start()).isEqualTo(3);
            assertThat(output)
                    .contains("The data directory " + directory.resolve("data") + " is in use by another server")
                    .contains("Stop that one first");
        }
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsNamed(CapturedOutput output) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(start("--coordination.data-dir=" + file.resolve("data"))).isEqualTo(3);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(file.resolve("data").toString())
                .contains("coordination.data-dir");
    }

    @Test
    void theDataOfAnotherServerAreLeftAlone(CapturedOutput output) throws IOException {
        assertThat(start("--coordination.server-id=3")).isZero();
        assertThat(start("--coordination.server-id=4")).isEqualTo(3);
        assertThat(output)
                .contains("holds the data of server 3 (its file myid says so)")
                .contains("configured as server 4")
                .contains("coordination.server-id=3 if this is server 3");
        assertThat(directory.resolve("data/myid")).hasContent("3");
    }

    @Test
    void logsWithoutSnapshotAreNotStartedFrom(CapturedOutput output) throws IOException {
        Path version = Files.createDirectories(directory.resolve("data/version-2"));
        Files.write(version.resolve("log.1"), new byte[64]);

        assertThat(start()).isEqualTo(1);
        assertThat(output)
                .contains("does not start from the data in its directory")
                .contains("coordination.snapshot.trust.empty");
    }

    static Stream<Arguments> badProperties() {
        return Stream.of(
                Arguments.of("client-port=99999", "must be a port, 0 to 65535"),
                Arguments.of("client-port=http", "is not a whole number"),
                Arguments.of("tick-time=0", "must be at least 1ms"),
                Arguments.of("tick-time=2 seconds", "is not a duration such as 500ms, 2s"),
                Arguments.of("pre-alloc-size=16 megs", "is not a size such as 512KB"),
                Arguments.of("skip-acl=perhaps", "is not true or false"),
                Arguments.of("server-id=256", "must be at most 255"),
                Arguments.of("server-id=0", "must be at least 1"),
                Arguments.of("max-client-cnxns=-1", "must not be negative; 0 is no limit"),
                Arguments.of("snap-count=1", "must be at least 2"),
                Arguments.of("autopurge.snap-retain-count=-1", "0 keeps everything"),
                Arguments.of("znode.container.max-per-minute=0", "must be at least 1"),
                Arguments.of("connection-throttle-drop-increase=2", "must be a share, 0 to 1"),
                Arguments.of("jute.maxbuffer=1", "must be at least 1024B"),
                Arguments.of("min-session-timeout=2m", "must not exceed coordination.max-session-timeout"),
                Arguments.of("election-alg=0", "must be 3, fast leader election"),
                Arguments.of("peer-type=leader", "is not participant or observer"),
                Arguments.of("init-limit=0", "must be at least 1 tick"),
                Arguments.of("sync-limit=0", "must be at least 1 tick"),
                Arguments.of("connect-to-learner-master-limit=-1", "0 takes init-limit"),
                Arguments.of("cnx-timeout=0", "must be at least 1ms"),
                Arguments.of("fastleader.min-notification-interval=0", "must be at least 1ms"),
                Arguments.of("fastleader.max-notification-interval=2h", "must be at most 1h"),
                Arguments.of("leader-serves=sometimes", "is not true or false"),
                Arguments.of("quorum-listen-on-all-ips=some", "is not true or false"),
                Arguments.of("commit-log-count=499", "must be at least 500"),
                Arguments.of("commit-log-size=much", "is not a size such as 512KB"),
                Arguments.of("tick-tme=1s", "did you mean coordination.tick-time?"));
    }

    @ParameterizedTest
    @MethodSource("badProperties")
    void aBadPropertyIsNamedWithItsValueItsPlaceAndItsRange(String setting, String expected, CapturedOutput output) {
        String name = setting.substring(0, setting.indexOf('='));
        String value = setting.substring(setting.indexOf('=') + 1);

        assertThat(start("--coordination." + setting)).isEqualTo(2);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("coordination." + name)
                .contains(value)
                .contains("commandLineArgs")
                .contains(expected);
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void severalBadPropertiesAreNamedAtOnce(CapturedOutput output) {
        assertThat(start("--coordination.snap-count=1", "--coordination.client-port=-1"))
                .isEqualTo(2);
        assertThat(output).contains("coordination.snap-count=1").contains("coordination.client-port=-1");
    }

    @Test
    void aBadValueInZooCfgIsFoundAtItsLine(CapturedOutput output) throws IOException {
        Path file = directory.resolve("zoo.cfg");
        Files.writeString(file, "dataDir=/nowhere\n\nclientPort=twothousand\n");

        assertThat(runWithFile(file)).isEqualTo(2);
        assertThat(output)
                .contains("coordination.client-port=twothousand")
                .contains("zoo.cfg")
                .contains("3:")
                .contains("is not a whole number");
    }

    @Test
    void aMemberInZooCfgIsFoundAtItsLine(CapturedOutput output) throws IOException {
        Path file = directory.resolve("zoo.cfg");
        Files.writeString(
                file, "dataDir=" + directory.resolve("data") + "\nserver.1=a:2888:3888\nserver.2=b:2888:leader\n");

        assertThat(runWithFile(file)).isEqualTo(2);
        assertThat(output)
                .contains("server 2 has 'leader' for its election port")
                .contains("coordination.servers[2]=b:2888:leader")
                .contains("3:")
                .contains("Write host:quorumPort:electionPort");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private static int runWithFile(Path file) {
        try {
            new SpringApplicationBuilder(CoordinationServerApplication.class)
                    .web(WebApplicationType.NONE)
                    .registerShutdownHook(false)
                    .run("--coordination.zoo-cfg=" + file)
                    .close();
            return ExitCodes.NORMAL;
        } catch (RuntimeException failed) {
            return ExitCodes.of(failed);
        }
    }

    @Test
    void secretsAreNotShown(CapturedOutput output) {
        assertThat(start("--coordination.digest-authentication-provider.super-digest-x=super:hidden"))
                .isEqualTo(2);
        assertThat(output).contains("super-digest-x=***").doesNotContain("super:hidden");
    }
}
