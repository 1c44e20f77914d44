package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.integration.IntegrationLeaderEvents;
import io.quorate.cloud.zk.integration.ZkLockRegistry;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.lock.DistributedLocks;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.leader.event.DefaultLeaderEventPublisher;
import org.springframework.integration.leader.event.LeaderEventPublisher;
import org.springframework.integration.support.locks.LockRegistry;

/** Leadership and locks for Spring Integration, where the application has it. */
@AutoConfiguration(after = {ZkLeaderAutoConfiguration.class, ZkLockAutoConfiguration.class})
@ConditionalOnClass({LeaderEventPublisher.class, LockRegistry.class})
@ConditionalOnZkEnabled
public final class ZkIntegrationAutoConfiguration {

    @Bean
    @ConditionalOnBean(LeaderElections.class)
    @ConditionalOnMissingBean
    IntegrationLeaderEvents integrationLeaderEvents(ApplicationEventPublisher publisher) {
        return new IntegrationLeaderEvents(new DefaultLeaderEventPublisher(publisher));
    }

    @Bean
    @ConditionalOnBean(DistributedLocks.class)
    @ConditionalOnMissingBean(LockRegistry.class)
    ZkLockRegistry zkLockRegistry(DistributedLocks locks) {
        return new ZkLockRegistry(locks);
    }
}
