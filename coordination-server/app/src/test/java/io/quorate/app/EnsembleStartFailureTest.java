package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.app.failure.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator reads when a member of an ensemble cannot start, and the exit code that goes with it. */
@ExtendWith(OutputCaptureExtension.class)
class EnsembleStartFailureTest {

    @TempDir
    Path directory;

    private int start(String... properties) {
        List<String> arguments = new ArrayList<>(List.of("--coordination.data-dir=" + directory.resolve("data")));
        for (String property : properties) {
            arguments.add("--coordination." + property);
        }
        try {
            new SpringApplicationBuilder(CoordinationServerApplication.class)
                    .web(WebApplicationType.NONE)
                    .registerShutdownHook(false)
                    .run(arguments.toArray(String[]::new))
                    .close();
            return ExitCodes.NORMAL;
        } catch (RuntimeException failed) {
            return ExitCodes.of(failed);
        }
    }

    private void assertRefused(int exitCode, CapturedOutput output, String... expected) {
        assertThat(exitCode).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The server cannot take its place in an ensemble: ")
                .contains(expected);
        assertThat(directory.resolve("data/version-2")).doesNotExist();
    }

    @Test
    void anIdThatIsNotListed(CapturedOutput output) {
        assertRefused(
                start("server-id=4", "servers[1]=a:1:2", "servers[2]=b:1:2"),
                output,
                "this is server 4, and the list of servers names [1, 2].",
                "coordination.server-id=4 (",
                "coordination.servers[1]=a:1:2 (",
                "coordination.servers[2]=b:1:2 (",
                "commandLineArgs",
                "add coordination.servers[4] on every member");
    }

    @Test
    void anIdFromTheDirectoryThatIsNotListed(CapturedOutput output) throws IOException {
        Path myId = Files.createDirectories(directory.resolve("data")).resolve("myid");
        Files.writeString(myId, "4\n");

        assertRefused(
                start("servers.1=a:1:2", "servers.2=b:1:2"),
                output,
                "this is server 4 (as the file " + myId + " says, or by default)",
                "coordination.servers[2]=b:1:2 (");
    }

    @Test
    void severalServersWithoutAnId(CapturedOutput output) {
        assertRefused(
                start("servers[1]=a:1:2", "servers[2]=b:1:2"),
                output,
                "nothing says which of them this one is",
                "coordination.servers[1]=a:1:2",
                "Set coordination.server-id, or write the id into the file " + directory.resolve("data/myid"));
    }

    @Test
    void aBadEntryAlone(CapturedOutput output) {
        assertRefused(
                start("server-id=1", "servers[1]=a:1:2", "servers[2]=b:1"),
                output,
                "server 2 has an address of 2 fields",
                "coordination.servers[2]=b:1 (",
                "Write host:quorumPort:electionPort");
        assertThat(output).doesNotContain("coordination.servers[1]=a");
    }

    @Test
    void twoPropertiesForTheClientPort(CapturedOutput output) {
        assertRefused(
                start("server-id=1", "client-port=2182", "servers[1]=a:1:2;2181", "servers[2]=b:1:2"),
                output,
                "the properties for clients say 2182, and the server's own entry says 0.0.0.0:2181",
                "coordination.client-port=2182 (",
                "coordination.servers[1]=a:1:2;2181 (");
    }

    @Test
    void theDataOfAnotherMember(CapturedOutput output) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("data")).resolve("myid"), "2\n");

        assertThat(start("server-id=1", "servers[1]=a:1:2", "servers[2]=b:1:2")).isEqualTo(ExitCodes.DATA_DIRECTORY);
        assertThat(output).contains("holds the data of server 2").contains("configured as server 1");
    }
}
