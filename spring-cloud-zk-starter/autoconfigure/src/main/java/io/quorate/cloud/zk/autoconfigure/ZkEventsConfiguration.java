package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkEvents;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The thread for events, for those that publish any. */
@Configuration(proxyBeanMethods = false)
class ZkEventsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkEvents zkEvents(ApplicationEventPublisher publisher) {
        return new ZkEvents(publisher);
    }
}
