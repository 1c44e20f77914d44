package io.quorate.cloud.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.curator.drivers.TracerDriver;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.imps.DefaultACLProvider;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;

final class SessionRequestsTest {

    @Test
    void aTracerThatFailsKeepsNobodyFromTheAnswer() {
        try (CuratorFramework client = CuratorFrameworkFactory.newClient("127.0.0.1:1", new RetryOneTime(1))) {
            SessionRequests requests = new SessionRequests(client, new DefaultACLProvider());
            client.getZookeeperClient().setTracerDriver(new Failing(() -> {
                throw new IllegalStateException("on purpose");
            }));
            assertThat(requests.exists("/", null)).isCompletedExceptionally();
            client.getZookeeperClient().setTracerDriver(new Failing(() -> {
                throw new NoClassDefFoundError("on purpose");
            }));
            assertThat(requests.exists("/", null)).isCompletedExceptionally();
        }
    }

    /** As an application might have it. */
    private record Failing(Runnable failure) implements TracerDriver {

        @Override
        public void addTrace(String name, long time, TimeUnit unit) {
            failure.run();
        }

        @Override
        public void addCount(String name, int increment) {
            failure.run();
        }
    }
}
