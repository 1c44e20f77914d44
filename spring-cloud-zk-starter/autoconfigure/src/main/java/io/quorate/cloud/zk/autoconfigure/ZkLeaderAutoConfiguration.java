package io.quorate.cloud.zk.autoconfigure;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkEvents;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.actuate.LeaderMetrics;
import io.quorate.cloud.zk.leader.ElectionSettings;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeaderLifecycle;
import io.quorate.cloud.zk.leader.LeaderOnlyPostProcessor;
import io.quorate.cloud.zk.leader.ZkLeaderElections;
import io.quorate.cloud.zk.leader.ZkLeaderProperties;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Leader election, and methods that only the leader runs. */
@AutoConfiguration(after = ZkClientAutoConfiguration.class)
@ConditionalOnZkEnabled
@ConditionalOnBooleanProperty(name = "spring.cloud.zookeeper.leader.enabled", matchIfMissing = true)
@ConditionalOnBean(ZkConnectionMonitor.class)
@EnableConfigurationProperties(ZkLeaderProperties.class)
@Import(ZkEventsConfiguration.class)
public final class ZkLeaderAutoConfiguration {

    /** Static, and with nothing that needs other beans: it exists before them. */
    @Bean
    static LeaderOnlyPostProcessor leaderOnlyPostProcessor(
            ObjectProvider<LeaderElections> elections, Environment environment) {
        return new LeaderOnlyPostProcessor(elections::getObject, environment);
    }

    /** Where the application brings no elections of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(LeaderElections.class)
    static class Elections {

        @Bean
        ElectionSettings electionSettings(
                ZkLeaderProperties properties,
                ZkClientProperties clientProperties,
                ObjectProvider<Registration> registrations,
                ObjectProvider<InetUtils> hosts,
                Environment environment) {
            return new ElectionSettings(
                    properties,
                    new InstanceIdentity(properties.candidateId(), registrations, hosts, environment),
                    clientProperties.reconcileInterval());
        }

        @Bean
        ZkLeaderElections leaderElections(
                CuratorFramework client,
                ZkConnectionMonitor monitor,
                ZkScheduler scheduler,
                ZkEvents events,
                ElectionSettings settings) {
            return new ZkLeaderElections(client, monitor, scheduler, events, settings);
        }

        @Bean
        LeaderLifecycle leaderLifecycle(ZkLeaderElections elections, LeaderOnlyPostProcessor leaderOnly) {
            return new LeaderLifecycle(elections, leaderOnly::roles);
        }

        /** Where there are metrics. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterBinder.class)
        static class Metrics {

            @Bean
            LeaderMetrics leaderMetrics(ZkLeaderElections elections, LeaderOnlyPostProcessor leaderOnly) {
                return new LeaderMetrics(elections, leaderOnly);
            }
        }
    }
}
