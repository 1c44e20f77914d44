package io.quorate.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quorate.core.port.DiskFile;
import io.quorate.runtime.metrics.ServerCounters;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ForceWatchTest {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerCounters counters = new ServerCounters();

    @TempDir
    private Path directory;

    @Test
    void aSlowForceIsLoggedWithItsFileAndCounted() {
        ForceWatch watch = new ForceWatch(counters.forceTimes(), 20);
        List<ILoggingEvent> logged = logOf(() -> {
            watch.forced(Path.of("/logs/log.7"), 4096, 20 * NANOS_PER_MILLI);
            watch.forced(Path.of("/logs/log.7"), 4096, 21 * NANOS_PER_MILLI);
        });

        assertThat(logged).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains("/logs/log.7", "4096 bytes", "21 ms", "coordination.fsync.warningthresholdms=20");
        });
        assertThat(counters.statistics().storage().slowForces()).isEqualTo(1);
        assertThat(counters.statistics().forceTime().count()).isEqualTo(2);
        assertThat(counters.statistics().forceTime().totalMicros()).isEqualTo(41_000);
    }

    @Test
    void aLaneTellsOfItsForces() throws Exception {
        ForceWatch everythingIsSlow = new ForceWatch(counters.forceTimes(), -1);
        try (DataDirectories directories = DataDirectories.open(directory, directory, true)) {
            List<ILoggingEvent> logged = logOf(() -> {
                NioDisk disk = new NioDisk("lane", directories, () -> {}, everythingIsSlow);
                disk.start();
                disk.write(1, DiskFile.log("log.1"), 0, ByteBuffer.allocate(77));
                disk.force(2, DiskFile.log("log.1"));
                disk.stop((ticket, outcome) -> {});
            });
            assertThat(logged)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getFormattedMessage())
                            .contains(directory.resolve("version-2/log.1") + " (77 bytes)"));
        }
        assertThat(counters.statistics().storage().slowForces()).isEqualTo(1);
    }

    private static List<ILoggingEvent> logOf(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(ForceWatch.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list;
    }
}
