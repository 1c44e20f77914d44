package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.support.StaticApplicationContext;

/** What of the properties decides when the server is looked at. */
final class ConfigWatcherTest {

    private static final String REFRESH = ZkConfigProperties.PREFIX + ".refresh.";
    private static final Duration HOUR = Duration.ofHours(1);

    private final NotingLane lane = new NotingLane();

    /** The delay of the first look, with no quiet period. */
    private Duration delay(Map<String, String> values) {
        Binder binder = new Binder(new MapConfigurationPropertySource(values));
        ConfigWatcher watcher = new ConfigWatcher(
                new ZkConfigImports(),
                binder.bindOrCreate(ZkConfigProperties.PREFIX, ZkConfigProperties.class)
                        .refresh(),
                binder.bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class),
                lane,
                event -> {},
                RefreshObserver.NONE);
        watcher.start();
        StaticApplicationContext context = new StaticApplicationContext();
        watcher.onApplicationEvent(
                new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));
        watcher.stop();
        assertThat(lane.delays).hasSize(1);
        return lane.delays.get(0);
    }

    @Test
    void withoutJitterTheLookComesAtOnce() {
        assertThat(delay(Map.of(REFRESH + "quiet-period", "0"))).isZero();
    }

    @Test
    void theJitterIsAddedAndBounded() {
        // Of 3 600 000 000 000 values that are drawn from, few are as small as the time that has passed since.
        assertThat(delay(Map.of(REFRESH + "quiet-period", "0", REFRESH + "max-jitter", "1h")))
                .isPositive()
                .isLessThanOrEqualTo(HOUR);
    }

    /** Runs what is not to be delayed, and notes delays instead of waiting. */
    private static final class NotingLane implements ZkLane {

        private final List<Duration> delays = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Runnable schedule(Runnable task, Duration delay) {
            delays.add(delay);
            return () -> {};
        }

        @Override
        public Runnable scheduleEvery(Runnable task, Duration pause) {
            return () -> {};
        }
    }
}
