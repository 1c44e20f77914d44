package io.quorate.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoriesTest {

    @TempDir
    private Path parent;

    private Path data() {
        return parent.resolve("some/data");
    }

    private Path log() {
        return parent.resolve("some/log");
    }

    @Test
    void makesWhatIsMissing() throws IOException {
        DataDirectories.open(data(), log(), true).close();
        assertThat(data().resolve("version-2")).isDirectory();
        assertThat(log().resolve("version-2")).isDirectory();
        DataDirectories.open(data(), data(), true).close();
    }

    @Test
    void makesNothingWhenToldNotTo() {
        assertThatThrownBy(() -> DataDirectories.open(data(), data(), false))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining("coordination.data-dir");
        assertThat(data()).doesNotExist();
    }

    @Test
    void keepsASecondServerOutUntilClosed() throws IOException {
        DataDirectories first = DataDirectories.open(data(), log(), true);
        assertThatThrownBy(() -> DataDirectories.open(parent.resolve("other"), log(), true))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContainingAll(
                        log().toString(), "process " + ProcessHandle.current().pid(), "Stop that one first");
        first.close();
        DataDirectories.open(data(), log(), true).close();
        DataDirectories.open(parent.resolve("other"), parent.resolve("other"), true)
                .close();
    }

    @Test
    void refusesMixedUpDirectories() throws IOException {
        DataDirectories.open(data(), log(), true).close();
        Path astray = Files.createFile(data().resolve("version-2/log.1"));
        assertMixedUp(astray);
        Files.delete(astray);
        astray = Files.createFile(log().resolve("version-2/snapshot.0"));
        assertMixedUp(astray);
        Files.delete(astray);
        DataDirectories.open(data(), log(), true).close();
    }

    private void assertMixedUp(Path astray) {
        assertThatThrownBy(() -> DataDirectories.open(data(), log(), true))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContainingAll("mixed up", astray.toString(), "belongs to");
    }

    @Test
    void saysWhenADirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataDirectories.open(file, file, true))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContainingAll("Cannot use the data directory", file.toString(), "coordination.data-dir");
    }
}
