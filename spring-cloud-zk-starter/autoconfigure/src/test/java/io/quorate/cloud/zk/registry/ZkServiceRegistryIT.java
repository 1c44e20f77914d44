package io.quorate.cloud.zk.registry;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.SessionRequests;
import io.quorate.cloud.zk.TestApplication;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.DefaultACLProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Registrations that change while they begin. */
@ZkTest
final class ZkServiceRegistryIT {

    private static final int REGISTRATIONS = 400;

    private final ZkServer server;
    private final Map<String, ZkRegistration> registrations = new ConcurrentHashMap<>();

    ZkServiceRegistryIT(ZkServer server) {
        this.server = server;
    }

    private ZkServiceRegistry registry(TestApplication application, RegistrationObserver observer) {
        Binder binder = new Binder(new MapConfigurationPropertySource());
        return new ZkServiceRegistry(
                binder.bindOrCreate("spring.cloud.zookeeper.discovery", ZkDiscoveryProperties.class),
                new SessionRequests(application.client(), new DefaultACLProvider()),
                application.monitor(),
                application.scheduler(),
                observer);
    }

    @Test
    void whatChangesAsSoonAsItWasReadForTheFirstTimeIsWritten() {
        try (TestApplication application = TestApplication.connect(server.connectString(), Patience.LIMIT)) {
            CompletableFuture<ZkServiceRegistry> itself = new CompletableFuture<>();
            // Told of the attempt with what is to be written in its hands.
            ZkServiceRegistry registry = registry(application, (operation, service) -> {
                itself.join().setStatus(registrations.get(service), InstanceRecord.STATUS_OUT_OF_SERVICE);
                return failure -> {};
            });
            itself.complete(registry);
            List<CompletableFuture<Void>> registered = new ArrayList<>();
            for (int i = 0; i < REGISTRATIONS; i++) {
                ZkRegistration registration = ZkRegistration.builder()
                        .serviceName("changing-" + i)
                        .instanceId("c-1")
                        .address("127.0.0.1")
                        .port(1)
                        .build();
                registrations.put(registration.getServiceId(), registration);
                registered.add(CompletableFuture.runAsync(() -> registry.register(registration)));
            }
            registered.forEach(CompletableFuture::join);

            Set<String> behind = new HashSet<>(registrations.keySet());
            await().untilAsserted(() -> {
                for (String service : registrations.keySet()) {
                    if (written(application.client(), service).contains(InstanceRecord.STATUS_OUT_OF_SERVICE)) {
                        behind.remove(service);
                    }
                }
                assertThat(behind).as("hold what was desired first").isEmpty();
            });
        }
    }

    private static String written(CuratorFramework client, String service) throws Exception {
        String path = "/services/" + service;
        if (client.checkExists().forPath(path) == null) {
            return "";
        }
        List<String> nodes = client.getChildren().forPath(path);
        return nodes.isEmpty()
                ? ""
                : new String(client.getData().forPath(path + "/" + nodes.get(0)), StandardCharsets.UTF_8);
    }
}
