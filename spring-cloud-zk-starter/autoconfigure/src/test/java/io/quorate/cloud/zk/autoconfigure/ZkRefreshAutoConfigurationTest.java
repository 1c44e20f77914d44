package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.lock.ZkLockProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
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

    /** An application's, although it lies where the starter's lie. */
    @ConfigurationProperties("shop")
    static class Shop {

        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Shop.class)
    static class ShopProperties {}

    @Test
    void propertiesOfAnApplicationAreRefreshedWhateverItsPackageIsCalled() {
        application.withUserConfiguration(ShopProperties.class).run(context -> {
            TestPropertyValues.of("shop.name=corner").applyTo(context);
            context.getBean(ConfigurationPropertiesRebinder.class).rebind();

            assertThat(context.getBean(Shop.class).getName()).isEqualTo("corner");
        });
    }
}
