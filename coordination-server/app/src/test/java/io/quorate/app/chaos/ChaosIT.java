package io.quorate.app.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Two minutes of chaos; longer with {@code -Dchaos.minutes=30 -Dchaos.servers=5 -Dchaos.seed=4711}. */
class ChaosIT {

    @BeforeAll
    static void quietClients() {
        level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
        level("org.apache.zookeeper", Level.OFF);
        level("io.quorate.app.chaos", Level.INFO);
    }

    private static void level(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }

    @Test
    void whatClientsAreToldStandsUpToChaos() throws IOException {
        ChaosOptions options = ChaosOptions.fromProperties();
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "chaos")), "seed" + options.seed() + "-");
        new Campaign(options, directory.toAbsolutePath()).run();
    }
}
