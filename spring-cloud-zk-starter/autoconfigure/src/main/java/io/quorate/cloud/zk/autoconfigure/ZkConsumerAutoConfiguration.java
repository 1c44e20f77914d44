package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.registry.ConsumerAnnouncement;
import io.quorate.cloud.zk.registry.ZkAutoRegistration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** For applications that discover others and do not register themselves. */
@AutoConfiguration(after = ZkAutoServiceRegistrationAutoConfiguration.class)
@ConditionalOnBean(ServiceCatalog.class)
@ConditionalOnMissingBean(ZkAutoRegistration.class)
public final class ZkConsumerAutoConfiguration {

    @Bean
    ConsumerAnnouncement zkConsumerAnnouncement(ApplicationContext context, ZkDiscoveryProperties properties) {
        return new ConsumerAnnouncement(context, properties);
    }
}
