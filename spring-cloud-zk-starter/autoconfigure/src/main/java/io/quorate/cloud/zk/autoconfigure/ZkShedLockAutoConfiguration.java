package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.lock.shedlock.ZkShedLockProperties;
import io.quorate.cloud.zk.lock.shedlock.ZkShedLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** ShedLock's locks, where the application has ShedLock and no other provider. */
@AutoConfiguration(after = ZkClientAutoConfiguration.class)
@ConditionalOnClass(LockProvider.class)
@ConditionalOnZkEnabled
@ConditionalOnBean(CuratorFramework.class)
@EnableConfigurationProperties(ZkShedLockProperties.class)
public final class ZkShedLockAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(LockProvider.class)
    ZkShedLockProvider zkShedLockProvider(CuratorFramework client, ZkShedLockProperties properties) {
        return new ZkShedLockProvider(client, properties.root());
    }
}
