package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Says that discovery is ready where nothing is registered: its health is unknown until somebody does. */
public final class ConsumerAnnouncement implements ApplicationListener<ApplicationReadyEvent> {

    private final ApplicationContext context;
    private final ZkDiscoveryProperties properties;

    public ConsumerAnnouncement(ApplicationContext context, ZkDiscoveryProperties properties) {
        this.context = context;
        this.properties = properties;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() == context) {
            context.publishEvent(new InstanceRegisteredEvent<>(this, properties));
        }
    }
}
