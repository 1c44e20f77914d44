package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ImportedZkClient;
import io.quorate.cloud.zk.ZkClientCustomizer;
import io.quorate.cloud.zk.ZkClientFactory;
import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnectionDetails;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkDiscoveryClient;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.registry.ZkAutoRegistration;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;

/** What is wired when; without a server, which nothing here needs. */
final class ZkAutoConfigurationTest {

    private static final String NOWHERE = "127.0.0.1:1";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.cloud.zookeeper.connect-string=" + NOWHERE, "spring.cloud.zookeeper.startup-wait=0")
            .withConfiguration(AutoConfigurations.of(
                    UtilAutoConfiguration.class,
                    ZkClientAutoConfiguration.class,
                    ZkDiscoveryAutoConfiguration.class,
                    ZkDiscoveryClientAutoConfiguration.class,
                    ZkServiceRegistryAutoConfiguration.class,
                    ZkAutoServiceRegistrationAutoConfiguration.class,
                    ZkConsumerAutoConfiguration.class,
                    ZkTwoLibrariesAutoConfiguration.class));

    @Test
    void startsWithoutAServer() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(CuratorFramework.class)
                .hasSingleBean(ZkAutoRegistration.class)
                .hasSingleBean(ZkDiscoveryClient.class));
    }

    @Test
    void nothingIsThereWhenTurnedOff() {
        runner.withPropertyValues("spring.cloud.zookeeper.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(CuratorFramework.class)
                        .doesNotHaveBean(ServiceCatalog.class)
                        .doesNotHaveBean(ZkServiceRegistry.class));
    }

    @Test
    void everyPartCanBeTurnedOff() {
        runner.withPropertyValues("spring.cloud.zookeeper.discovery.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(CuratorFramework.class)
                        .doesNotHaveBean(ServiceCatalog.class));
        runner.withPropertyValues("spring.cloud.discovery.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ServiceCatalog.class));
        runner.withPropertyValues("spring.cloud.service-registry.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(ServiceCatalog.class)
                        .doesNotHaveBean(ZkServiceRegistry.class));
        runner.withPropertyValues("spring.cloud.service-registry.auto-registration.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(ZkServiceRegistry.class)
                        .doesNotHaveBean(ZkAutoRegistration.class));
    }

    @Test
    void aClientOfTheApplicationIsUsedAndStaysOpen() {
        try (CuratorFramework own = CuratorFrameworkFactory.newClient(NOWHERE, new RetryOneTime(1))) {
            runner.withBean(
                            CuratorFramework.class,
                            () -> own,
                            definition -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""))
                    .run(context -> {
                        assertThat(context).getBean(CuratorFramework.class).isSameAs(own);
                        assertThat(context).doesNotHaveBean(ZkClientHandle.class);
                        assertThat(own.getState()).isEqualTo(CuratorFrameworkState.STARTED);
                    });
            assertThat(own.getState()).isEqualTo(CuratorFrameworkState.STARTED);
        }
    }

    private static ImportedZkClient imported() {
        ZkClientProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class);
        return new ImportedZkClient(new ZkClientFactory(properties, null, List.of()).open(NOWHERE));
    }

    @Test
    void theClientOfAnImportBecomesTheApplicationsAndIsClosedWithIt() {
        ImportedZkClient imported = imported();
        CuratorFramework client = imported.handle().client();
        runner.withBean(ImportedZkClient.class, () -> imported)
                .run(context ->
                        assertThat(context).getBean(CuratorFramework.class).isSameAs(client));
        assertThat(client.getState()).isEqualTo(CuratorFrameworkState.STOPPED);
    }

    @Test
    void connectionDetailsReplaceTheClientOfAnImport() {
        ImportedZkClient imported = imported();
        CuratorFramework former = imported.handle().client();
        ZkConnectionDetails elsewhere = () -> "127.0.0.1:2";
        runner.withBean(ImportedZkClient.class, () -> imported)
                .withBean(ZkConnectionDetails.class, () -> elsewhere)
                .run(context -> {
                    assertThat(context.getBean(ZkClientHandle.class).connectString())
                            .isEqualTo("127.0.0.1:2");
                    assertThat(imported.handle()).isSameAs(context.getBean(ZkClientHandle.class));
                    assertThat(former.getState()).isEqualTo(CuratorFrameworkState.STOPPED);
                });
    }

    @Test
    void aCustomizerThatComesTooLateStopsTheStart() {
        ImportedZkClient imported = imported();
        ZkClientCustomizer late = builder -> builder.maxCloseWaitMs(1);
        runner.withBean(ImportedZkClient.class, () -> imported)
                .withBean(ZkClientCustomizer.class, () -> late)
                .run(context ->
                        assertThat(context).getFailure().rootCause().isInstanceOf(CustomizerTooLateException.class));
        imported.close();
    }

    @Test
    void withoutWebServersNoClassOfTheirsIsNeeded() {
        runner.withClassLoader(new FilteredClassLoader(WebServerInitializedEvent.class))
                .withPropertyValues("spring.cloud.zookeeper.discovery.instance-port=99")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(ZkAutoRegistration.class);
                    assertThat(context.getBean(ZkRegistration.class).getPort()).isEqualTo(99);
                });
    }

    @Test
    void theNamesAndMeaningsOfThePropertiesAreThoseOfThePredecessor() {
        runner.withPropertyValues(
                        "spring.cloud.zookeeper.session-timeout=7000",
                        "spring.cloud.zookeeper.connection-timeout=5s",
                        "spring.cloud.zookeeper.block-until-connected-wait=3",
                        "spring.cloud.zookeeper.block-until-connected-unit=MILLISECONDS",
                        "spring.cloud.zookeeper.client-config.zookeeper.request.timeout=9",
                        "spring.cloud.zookeeper.discovery.root=svc/",
                        "spring.cloud.zookeeper.auth[0].scheme=digest",
                        "spring.cloud.zookeeper.auth[0].credentials=bob:secret")
                .run(context -> {
                    ZkClientProperties properties = context.getBean(ZkClientProperties.class);
                    assertThat(properties.sessionTimeout()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(properties.connectionTimeout()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(properties.effectiveStartupWait()).isEqualTo(Duration.ofMillis(3));
                    assertThat(properties.clientConfig()).containsEntry("zookeeper.request.timeout", "9");
                    assertThat(properties.toString()).doesNotContain("secret");
                    assertThat(context.getBean(ZkDiscoveryProperties.class).servicePath("team/orders"))
                            .isEqualTo("/svc/team/orders");
                    assertThat(context).hasSingleBean(ZkConnectionMonitor.class);
                });
    }

    @Test
    void theOtherLibraryKeepsDiscoveryAndRegistration() {
        byte[] theirs = new ByteBuddy()
                .subclass(Object.class)
                .name(ZkTwoLibrariesAutoConfiguration.THEIRS)
                .make()
                .getBytes();
        ClassLoader both = new ByteArrayClassLoader(
                getClass().getClassLoader(), Map.of(ZkTwoLibrariesAutoConfiguration.THEIRS, theirs));
        runner.withClassLoader(both)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(CuratorFramework.class)
                        .hasBean("zkTwoLibrariesWarning")
                        .doesNotHaveBean(ServiceCatalog.class)
                        .doesNotHaveBean(ZkAutoRegistration.class));
        runner.run(context -> assertThat(context).doesNotHaveBean("zkTwoLibrariesWarning"));
    }
}
