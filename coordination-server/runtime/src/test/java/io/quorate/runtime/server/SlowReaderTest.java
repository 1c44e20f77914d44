package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.ReplicaOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks and does not read. */
class SlowReaderTest {

    private static final int DATA_BYTES = 500_000;
    private static final byte[] PATH = "/large".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("it loses its session in time, and its connection soon after, however much is still to be sent")
    void losesItsConnection() throws IOException {
        try (CoordinationServer server = CoordinationServer.start(impatient());
                Socket client = new Socket(server.clientAddress().getAddress(), server.clientPort())) {
            client.setReceiveBufferSize(4096);
            client.setSoTimeout(20_000);
            send(
                    client,
                    ByteBuffer.allocate(45).putInt(24, 16).putInt(12, 2_000).position(45));
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.skipNBytes(41);
            send(client, create());
            in.skipNBytes(Integer.BYTES + 16 + Integer.BYTES + PATH.length);
            for (int xid = 2; xid < 102; xid++) {
                ByteBuffer read = ByteBuffer.allocate(64)
                        .putInt(xid)
                        .putInt(4)
                        .putInt(PATH.length)
                        .put(PATH);
                send(client, read.put((byte) 0));
            }
            await(() -> server.status().sessions() == 0);
            await(() -> server.status().connections() == 0);
        }
    }

    private ServerOptions impatient() {
        Limits limits = Limits.DEFAULTS;
        return ServerOptions.embedded(directory)
                .withReplica(ReplicaOptions.defaults()
                        .withTimes(new ReplicaOptions.Times(100, 200, 2_000))
                        .withLimits(limits.withLinks(limits.links().withIdleHandshakeMillis(300))));
    }

    private static ByteBuffer create() {
        byte[] world = "world".getBytes(StandardCharsets.US_ASCII);
        byte[] anyone = "anyone".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(DATA_BYTES + 100).putInt(1).putInt(1);
        body.putInt(PATH.length).put(PATH).putInt(DATA_BYTES).put(new byte[DATA_BYTES]);
        body.putInt(1)
                .putInt(31)
                .putInt(world.length)
                .put(world)
                .putInt(anyone.length)
                .put(anyone);
        return body.putInt(0);
    }

    private static void send(Socket client, ByteBuffer body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.position());
        frame.putInt(body.position()).put(body.flip());
        client.getOutputStream().write(frame.array());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
