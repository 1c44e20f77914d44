package io.quorate.cloud.zk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class ServerChoiceTest {

    @Test
    void whatNobodyProvidesIsExplained() {
        assertThatThrownBy(() -> ServerChoice.make("redis"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quorate.test.server is 'redis'")
                .hasMessageContaining("embedded, zookeeper, host:port");
    }

    @Test
    void anAddressIsAServerThatRunsElsewhere() {
        for (String address : new String[] {"localhost:2181", "10.0.0.1:2181", "[::1]:2181"}) {
            assertThat(ServerChoice.make(address)).isInstanceOf(ExternalServer.class);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() throws IOException {
        String nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + closed.getLocalPort();
        }
        assertThatThrownBy(ServerChoice.make(nobody)::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(nobody)
                .hasMessageContaining("quorate.test.server");
    }
}
