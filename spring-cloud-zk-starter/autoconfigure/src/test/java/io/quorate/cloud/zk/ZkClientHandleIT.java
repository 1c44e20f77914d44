package io.quorate.cloud.zk;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a client ends. */
@ZkTest
final class ZkClientHandleIT {

    private final ZkServer server;

    ZkClientHandleIT(ZkServer server) {
        this.server = server;
    }

    @Test
    void aServerThatIsSilentDoesNotHoldUpTheEnd() throws Exception {
        TestApplication application = TestApplication.connect(server.connectString(), Duration.ofMinutes(1));
        assertThat(application.client().checkExists().forPath("/")).isNotNull();
        server.pause();
        try {
            // The client takes its connection for alive for 40 s of silence.
            CompletableFuture.runAsync(application::close).get(25, TimeUnit.SECONDS);
        } finally {
            server.resume();
        }
    }
}
