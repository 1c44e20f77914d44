package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.PublishedLoad;
import io.quorate.cloud.zk.loadbalancer.CacheEviction;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** An application whose beans are made when somebody asks for them has all that nobody asks for. */
@ZkTest
final class LazyInitializationIT {

    @Test
    void whatNobodyAsksForIsThere(ZkServer server) {
        TestApplication lazy = TestApplication.named("lazy")
                .with(
                        "spring.main.lazy-initialization=true",
                        "spring.cloud.zookeeper.discovery.publish-load=true",
                        "spring.cloud.zookeeper.discovery.publish-load-interval=50ms");
        try (ConfigurableApplicationContext context = lazy.start()) {
            assertThat(context.getBeanFactory().getBeanNamesForType(CacheEviction.class, true, false))
                    .allMatch(context.getBeanFactory()::containsSingleton)
                    .isNotEmpty();
            await().until(() -> registered(server).contains(PublishedLoad.KEY));
            assertThat(context.getBean(MeterRegistry.class)
                            .find("zk.client.operations")
                            .timers())
                    .isNotEmpty();
        }
    }

    private static String registered(ZkServer server) throws Exception {
        if (server.client().checkExists().forPath("/services/lazy") == null) {
            return "";
        }
        List<String> nodes = server.client().getChildren().forPath("/services/lazy");
        return nodes.isEmpty()
                ? ""
                : new String(
                        server.client().getData().forPath("/services/lazy/" + nodes.get(0)), StandardCharsets.UTF_8);
    }
}
