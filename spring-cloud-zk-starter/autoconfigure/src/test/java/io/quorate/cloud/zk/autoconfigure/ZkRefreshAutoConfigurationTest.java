package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.lock.ZkLockProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class ZkRefreshAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ConfigurationPropertiesRebinderAutoConfiguration.class, ZkRefreshAutoConfiguration.class))
            .withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ZkLockProperties.class)
    static class Properties {}

    @Test
    void aRefreshDoesNotWarnOfTheStartersProperties(CapturedOutput output) {
        application.run(context -> {
            context.getBean(ConfigurationPropertiesRebinder.class).rebind();

            assertThat(output).doesNotContain("ZkLockProperties");
        });
    }

    @Test
    void keepsWhatTheApplicationNeverRefreshes() {
        application
                .withPropertyValues("spring.cloud.refresh.never-refreshable=com.example.Fixed")
                .run(context -> assertThat(context.getBean(ConfigurationPropertiesRebinder.class)
                                .getNeverRefreshable())
                        .containsExactlyInAnyOrder("com.example.Fixed", ZkLockProperties.class.getName()));
    }

    @Test
    void keepsSpringClouds() {
        application.run(context -> assertThat(
                        context.getBean(ConfigurationPropertiesRebinder.class).getNeverRefreshable())
                .contains("com.zaxxer.hikari.HikariDataSource"));
    }
}
