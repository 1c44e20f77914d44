package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationEvent;

/** What an application has of the starter, without an application context: client, monitor, scheduler and events. */
public final class TestApplication implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final ZkClientHandle handle;
    private final ZkScheduler scheduler = new ZkScheduler();
    private final ZkConnectionMonitor monitor;
    private final List<ApplicationEvent> published = new CopyOnWriteArrayList<>();
    private final ZkEvents events = new ZkEvents(event -> published.add((ApplicationEvent) event));

    private TestApplication(ZkClientHandle handle) {
        this.handle = handle;
        this.monitor = new ZkConnectionMonitor(handle.client(), scheduler);
    }

    /** Connects. */
    public static TestApplication connect(String connectString, Duration sessionTimeout) {
        Map<String, String> values = Map.of("spring.cloud.zookeeper.session-timeout", sessionTimeout.toMillis() + "ms");
        ZkClientProperties properties = new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class);
        ZkClientHandle handle = new ZkClientFactory(properties, null, List.of()).open(connectString);
        handle.requireConnected(CONNECT);
        return new TestApplication(handle);
    }

    public CuratorFramework client() {
        return handle.client();
    }

    public ZkConnectionMonitor monitor() {
        return monitor;
    }

    public ZkScheduler scheduler() {
        return scheduler;
    }

    public ZkEvents events() {
        return events;
    }

    /** What was published so far. */
    public <E extends ApplicationEvent> List<E> published(Class<E> type) {
        return published.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        monitor.close();
        scheduler.close();
        events.close();
        handle.close();
    }
}
