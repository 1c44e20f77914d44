package io.quorate.runtime.disk;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskImage;
import io.quorate.simulation.contract.DiskContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class NioDiskContractTest extends DiskContract {

    private DataDirectories directories;
    private TestLane lane;

    @BeforeEach
    void open(@TempDir Path directory) {
        directories = DataDirectories.open(directory.resolve("data"), directory.resolve("log"), true);
        lane = new TestLane(directories);
    }

    @AfterEach
    void close() throws IOException {
        lane.stop();
        directories.close();
    }

    @Override
    protected Disk lane() {
        return lane.disk();
    }

    @Override
    protected DiskImage image() {
        return new NioDiskImage(directories);
    }

    @Override
    protected void awaitCompletions(Disk.Completions sink) {
        lane.awaitCompletions(sink);
    }
}
