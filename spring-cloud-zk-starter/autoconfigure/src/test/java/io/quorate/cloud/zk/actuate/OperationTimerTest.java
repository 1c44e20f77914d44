package io.quorate.cloud.zk.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.CuratorZookeeperClient;
import org.apache.curator.drivers.AdvancedTracerDriver;
import org.apache.curator.drivers.EventTrace;
import org.apache.curator.drivers.OperationTrace;
import org.apache.curator.drivers.TracerDriver;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that the application traces already; without a server, which nothing here needs. */
final class OperationTimerTest {

    private final CuratorFramework framework = CuratorFrameworkFactory.newClient("127.0.0.1:1", new RetryOneTime(1));
    private final CuratorZookeeperClient client = framework.getZookeeperClient();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> traced = new ArrayList<>();

    @AfterEach
    void close() {
        framework.close();
    }

    private void ask() {
        client.startAdvancedTracer("getData").setReturnCode(0).commit();
        new EventTrace("session-expired", client.getTracerDriver()).commit();
    }

    private long timed() {
        return meters.get("zk.client.operations").tag("op", "getData").timer().count();
    }

    @Test
    void whoHasTracedTheClientBeforeGoesOn() {
        AdvancedTracerDriver former = new AdvancedTracerDriver() {
            @Override
            public void addTrace(OperationTrace trace) {
                traced.add(trace.getName() + " " + trace.getReturnCode());
            }

            @Override
            public void addEvent(EventTrace trace) {
                traced.add(trace.getName());
            }
        };
        client.setTracerDriver(former);
        try (OperationTimer timer = new OperationTimer(client, meters)) {
            assertThat(client.getTracerDriver()).isSameAs(timer);
            ask();
        }
        assertThat(timed()).isEqualTo(1);
        assertThat(traced).containsExactly("getData 0", "session-expired");
        assertThat(client.getTracerDriver()).isSameAs(former);
    }

    @Test
    void soDoesAnOlderKindOfTracer() {
        client.setTracerDriver(new TracerDriver() {
            @Override
            public void addTrace(String name, long time, TimeUnit unit) {
                traced.add(name);
            }

            @Override
            public void addCount(String name, int increment) {
                traced.add(name + " " + increment);
            }
        });
        try (OperationTimer timer = new OperationTimer(client, meters)) {
            assertThat(client.getTracerDriver()).isSameAs(timer);
            ask();
        }
        assertThat(timed()).isEqualTo(1);
        assertThat(traced).containsExactly("getData", "session-expired 1");
    }

    @Test
    void timersOfOneClientEndInAnyOrder() {
        TracerDriver former = client.getTracerDriver();
        OperationTimer first = new OperationTimer(client, meters);
        MeterRegistry others = new SimpleMeterRegistry();
        OperationTimer second = new OperationTimer(client, others);
        ask();
        first.close();
        ask();
        assertThat(timed()).as("those of a context that has ended").isEqualTo(1);
        assertThat(others.get("zk.client.operations").timer().count()).isEqualTo(2);
        second.close();
        assertThat(client.getTracerDriver()).isSameAs(former);
    }
}
