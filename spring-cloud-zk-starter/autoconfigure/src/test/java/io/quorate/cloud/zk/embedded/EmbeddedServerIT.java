package io.quorate.cloud.zk.embedded;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.config.MalformedImportException;
import io.quorate.cloud.zk.registry.RegistrationState;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications that bring their server along. */
final class EmbeddedServerIT {

    @TempDir
    Path directory;

    private TestApplication application(String imports) {
        return TestApplication.named("alone")
                .withoutWeb()
                .with(
                        "spring.cloud.zookeeper.embedded=true",
                        "spring.cloud.zookeeper.embedded-data-dir=" + directory.resolve("data"),
                        "spring.cloud.zookeeper.discovery.instance-port=7001",
                        "spring.config.import=" + imports);
    }

    @Test
    void isUpBeforeConfigurationIsImportedAndEndsLast() throws Exception {
        String connectString;
        try (ConfigurableApplicationContext first =
                application("zookeeper:").source(Parting.class).start()) {
            connectString = first.getEnvironment().getRequiredProperty("spring.cloud.zookeeper.connect-string");
            assertThat(first.getBeanFactory().getSingletonNames())
                    .as("what is registered first is destroyed last")
                    .containsSubsequence(ApplicationServer.BEAN_NAME, "importedZkClient");
            CuratorFramework client = first.getBean(CuratorFramework.class);
            assertThat(client.getZookeeperClient().getCurrentConnectionString()).isEqualTo(connectString);
            client.create().creatingParentsIfNeeded().forPath("/config/alone/greeting", "hello".getBytes());
            await().until(() ->
                    first.getBean(ZkServiceRegistry.class).statuses().get(0).state() == RegistrationState.REGISTERED);
            assertThat(first.getBean(DiscoveryClient.class).getInstances("alone"))
                    .hasSize(1);
        }
        assertThat(Parting.lastWord)
                .as("beans still reach the server while they end")
                .isEqualTo("hello");
        assertThatThrownBy(() -> connect(connectString)).isInstanceOf(java.net.ConnectException.class);
        // Fails after the server has begun; the next start fails as well if the directory is not given back.
        assertThatThrownBy(
                        () -> application("zookeeper:,zookeeper:host:no-port").start())
                .isInstanceOf(MalformedImportException.class);
        try (ConfigurableApplicationContext second =
                application("zookeeper:elsewhere.example:2181").start()) {
            assertThat(second.getEnvironment().getProperty("greeting")).isEqualTo("hello");
        }
    }

    @Test
    void anApplicationBelowUsesTheServerOfTheOneAbove() throws Exception {
        try (ConfigurableApplicationContext above = application("zookeeper:").start()) {
            CuratorFramework client = above.getBean(CuratorFramework.class);
            client.create().creatingParentsIfNeeded().forPath("/config/alone/greeting", "hello".getBytes());
            try (ConfigurableApplicationContext below = below(above, "zookeeper:")) {
                assertThat(below.getEnvironment().getProperty("spring.cloud.zookeeper.connect-string"))
                        .isEqualTo(above.getEnvironment().getProperty("spring.cloud.zookeeper.connect-string"));
                assertThat(below.getEnvironment().getProperty("greeting")).isEqualTo("hello");
            }
            assertThatThrownBy(() -> below(above, "zookeeper:,zookeeper:host:no-port"))
                    .isInstanceOf(MalformedImportException.class);
            assertThat(client.checkExists().forPath("/config/alone/greeting"))
                    .as("it ends with the one above")
                    .isNotNull();
        }
    }

    private ConfigurableApplicationContext below(ConfigurableApplicationContext above, String imports) {
        return new SpringApplicationBuilder(TestApplication.Plain.class)
                .parent(above)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=alone",
                        "--spring.main.banner-mode=off",
                        "--spring.docker.compose.enabled=false",
                        "--spring.jmx.enabled=false",
                        "--spring.cloud.zookeeper.embedded=true",
                        "--spring.cloud.zookeeper.embedded-data-dir=" + directory.resolve("data"),
                        "--spring.config.import=" + imports);
    }

    private static void connect(String connectString) throws Exception {
        int colon = connectString.indexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    connectString.substring(0, colon), Integer.parseInt(connectString.substring(colon + 1))));
        }
    }

    /** Reads from the server when it ends. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Parting {

        static volatile String lastWord = "";

        @Bean
        DisposableBean parting(CuratorFramework client) {
            return () -> lastWord = new String(client.getData().forPath("/config/alone/greeting"));
        }
    }
}
