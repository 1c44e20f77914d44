package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.app.failure.ForeignDataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdentityTest {

    @TempDir
    Path directory;

    @Test
    void anEmptyDirectoryTakesTheConfiguredIdOrOne() {
        assertThat(new ServerIdentity(directory, null).resolve()).isEqualTo(1);
        assertThat(new ServerIdentity(directory, 7).resolve()).isEqualTo(7);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theFileDecidesWhereNothingIsConfigured() throws IOException {
        Files.writeString(directory.resolve("myid"), " 12\n");

        assertThat(new ServerIdentity(directory, null).resolve()).isEqualTo(12);
        assertThat(new ServerIdentity(directory, 12).resolve()).isEqualTo(12);
    }

    @Test
    void aClaimIsRecordedOnceAndThenHolds() {
        new ServerIdentity(directory, 3).claim(3);

        assertThat(directory.resolve("myid")).hasContent("3");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
        new ServerIdentity(directory, 3).claim(3);
        assertThatThrownBy(() -> new ServerIdentity(directory, 4).resolve())
                .isInstanceOf(ForeignDataDirectory.class)
                .hasMessageContaining("holds the data of server 3")
                .hasMessageContaining("configured as server 4");
        assertThatThrownBy(() -> new ServerIdentity(directory, 4).claim(4)).isInstanceOf(ForeignDataDirectory.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "0", "256", "99999999999", "-1", "1 2"})
    void whatIsNoIdIsRefused(String text) throws IOException {
        Files.writeString(directory.resolve("myid"), text);

        assertThatThrownBy(() -> new ServerIdentity(directory, null).resolve())
                .isInstanceOf(ForeignDataDirectory.class)
                .hasMessageContaining("does not hold a server id")
                .hasMessageContaining(directory.toString());
    }
}
