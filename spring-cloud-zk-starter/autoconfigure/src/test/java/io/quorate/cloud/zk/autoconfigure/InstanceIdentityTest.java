package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.commons.util.InetUtilsProperties;
import org.springframework.mock.env.MockEnvironment;

/** Of an application that registers itself nowhere. */
final class InstanceIdentityTest {

    private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "orders");

    private String of(String host) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("inetUtils", new InetUtils(new InetUtilsProperties()) {
            @Override
            public HostInfo findFirstNonLoopbackHostInfo() {
                HostInfo info = new HostInfo(host);
                info.setIpAddress("192.0.2.7");
                return info;
            }
        });
        ObjectProvider<Registration> registrations = beans.getBeanProvider(Registration.class);
        return new InstanceIdentity(null, registrations, beans.getBeanProvider(InetUtils.class), environment).get();
    }

    @Test
    void twoHostsAreTwoCandidatesEvenIfTheirProcessesHaveOneNumber() {
        assertThat(of("first"))
                .isNotEqualTo(of("second"))
                .isEqualTo("orders-first-" + ProcessHandle.current().pid());
    }

    @Test
    void aHostThatNobodyKnowsIsCalledByItsAddress() {
        assertThat(of("localhost"))
                .isEqualTo("orders-192.0.2.7-" + ProcessHandle.current().pid());
    }
}
