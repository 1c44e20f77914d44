package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.config.content.ConfigContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class ContextNamesTest {

    private static List<ConfigContext> contexts(Map<String, String> properties, String... profiles) {
        ZkConfigProperties bound = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(ZkConfigProperties.PREFIX, ZkConfigProperties.class);
        return new ContextNames(bound, "orders").of(List.of(profiles));
    }

    @Test
    void theApplicationComesAfterWhatAllShareAndProfilesAfterTheirBase() {
        assertThat(contexts(Map.of(), "dev", "eu"))
                .containsExactly(
                        new ConfigContext("/config/application", "config/application", false),
                        new ConfigContext("/config/application,dev", "config/application,dev", true),
                        new ConfigContext("/config/application,eu", "config/application,eu", true),
                        new ConfigContext("/config/orders", "config/orders", false),
                        new ConfigContext("/config/orders,dev", "config/orders,dev", true),
                        new ConfigContext("/config/orders,eu", "config/orders,eu", true));
    }

    @Test
    void everyPartOfTheNamesCanBeSet() {
        Map<String, String> properties = Map.of(
                ZkConfigProperties.PREFIX + ".root", "/team/config/",
                ZkConfigProperties.PREFIX + ".name", "/billing/eu",
                ZkConfigProperties.PREFIX + ".default-context", "shared",
                ZkConfigProperties.PREFIX + ".profile-separator", "::");
        assertThat(contexts(properties, "dev").stream().map(ConfigContext::path))
                .containsExactly(
                        "/team/config/shared",
                        "/team/config/shared::dev",
                        "/team/config/billing/eu",
                        "/team/config/billing/eu::dev");
    }
}
