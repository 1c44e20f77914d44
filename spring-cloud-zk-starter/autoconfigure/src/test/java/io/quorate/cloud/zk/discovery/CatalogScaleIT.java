package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** What a catalog of a thousand instances takes; the figures are printed. */
@ZkTest
final class CatalogScaleIT {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogScaleIT.class);
    private static final int SERVICES = 100;
    private static final int INSTANCES = 10;
    private static final int LOOK_UPS = 10_000;

    private final ZkServer server;

    CatalogScaleIT(ZkServer server) {
        this.server = server;
    }

    private static String service(int number) {
        return "service-" + number;
    }

    /** One transaction per service. */
    private void register() throws Exception {
        CuratorFramework client = server.client();
        for (int service = 0; service < SERVICES; service++) {
            String parent = "/services/" + service(service);
            client.create().creatingParentContainersIfNeeded().forPath(parent, new byte[0]);
            List<CuratorOp> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                InstanceRecord instance = instance(service(service), i);
                instances.add(client.transactionOp()
                        .create()
                        .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                        .forPath(parent + "/" + instance.id() + "-", InstanceCodec.encode(instance)));
            }
            client.transaction().forOperations(instances);
        }
    }

    /** Of the size that real ones have. */
    private static InstanceRecord instance(String service, int number) {
        Map<String, String> metadata = Map.of(
                InstanceRecord.STATUS_KEY, InstanceRecord.STATUS_UP, "zone", "zone-" + number % 3, "version", "1.4.2");
        return new InstanceRecord(
                service,
                UUID.randomUUID().toString(),
                "10.20.30." + number,
                8080,
                null,
                service + "-1",
                metadata,
                1_553_592_092_875L,
                InstanceRecord.DYNAMIC,
                UriTemplate.DEFAULT,
                true);
    }

    @Test
    void aThousandInstancesTakeFewWatchesAndLookUpsCostNothing(TestReporter report) throws Exception {
        register();
        try (ConfigurableApplicationContext context =
                TestApplication.named("consumer").consumerOnly().start()) {
            DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
            // Loads the classes, and the histogram those of its own, which are not the catalog's.
            assertThat(discovery.getInstances("nobody")).isEmpty();
            liveBytes();
            long requestsBefore = server.requestCount();
            long heapBefore = liveBytes();
            long begin = System.nanoTime();
            assertThat(discovery.getServices()).hasSize(SERVICES);
            for (int i = 0; i < SERVICES; i++) {
                assertThat(discovery.getInstances(service(i))).hasSize(INSTANCES);
            }
            long loadedNanos = System.nanoTime() - begin;
            long heap = liveBytes() - heapBefore;
            long requests = server.requestCount();
            long session = context.getBean(ZkConnectionMonitor.class).current().sessionId();
            int watches = server.watchCount(session);
            long lookUpNanos = lookUp(discovery);
            long lookUpRequests = server.requestCount() - requests;
            String figures = String.format(
                    Locale.ROOT,
                    "%d instances of %d services: full catalog after %d ms and %d requests, %d watches, %d KiB of heap;"
                            + " %d look-ups in %d ms and %d requests",
                    SERVICES * INSTANCES,
                    SERVICES,
                    TimeUnit.NANOSECONDS.toMillis(loadedNanos),
                    requests - requestsBefore,
                    watches,
                    heap / 1024,
                    LOOK_UPS,
                    TimeUnit.NANOSECONDS.toMillis(lookUpNanos),
                    lookUpRequests);
            report.publishEntry("catalog", figures);
            LOG.warn(figures);

            assertThat(lookUpRequests).isZero();
            assertThat(watches)
                    .as("one for each service that was asked for, one for their names")
                    .isEqualTo(SERVICES + 2);
        }
    }

    private static long lookUp(DiscoveryClient discovery) {
        long begin = System.nanoTime();
        long found = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            found += discovery.getInstances(service(i % SERVICES)).size();
        }
        long nanos = System.nanoTime() - begin;
        assertThat(found).isEqualTo((long) LOOK_UPS * INSTANCES);
        return nanos;
    }

    /** What is reachable in this virtual machine, everything in it included: the histogram collects garbage first. */
    private static long liveBytes() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.trim().split(" +")[2]);
    }
}
