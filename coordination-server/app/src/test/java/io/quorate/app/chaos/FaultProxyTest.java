package io.quorate.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultProxyTest {

    private static final int SILENCE_MILLIS = 100;

    private final Wire there = new Wire("1->2");
    private final Wire back = new Wire("2->1");
    private final FaultProxy proxy = new FaultProxy();
    private final int port = new Ports().next();
    private ServerSocket target;
    private Socket near;
    private Socket far;

    @BeforeEach
    void connect() throws IOException {
        target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        proxy.open(port, new FaultProxy.Route(there, back, target.getLocalPort(), null));
        near = dial();
        far = target.accept();
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        target.close();
        proxy.close();
    }

    private Socket dial() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private void set(Wire wire, Wire.Condition condition) {
        wire.set(condition);
        proxy.applyConditions();
    }

    private static void say(Socket from, int number) throws IOException {
        new DataOutputStream(from.getOutputStream()).writeInt(number);
    }

    private static int hear(Socket to) throws IOException {
        return new DataInputStream(to.getInputStream()).readInt();
    }

    private static void hearsNothing(Socket to) throws IOException {
        to.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> to.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        to.setSoTimeout(0);
    }

    @Test
    void aGoodWireCarriesBothWaysAndTheEnd() throws IOException {
        say(near, 1);
        assertThat(hear(far)).isEqualTo(1);
        say(far, 2);
        assertThat(hear(near)).isEqualTo(2);
        far.close();
        assertThat(near.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aCutWireResetsAndRefuses() throws IOException {
        set(back, Wire.Condition.CUT);
        assertThatThrownBy(() -> hear(near)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> hear(far)).isInstanceOf(IOException.class);
        try (Socket again = dial()) {
            assertThatThrownBy(() -> hear(again)).isInstanceOf(IOException.class);
        }
        set(back, Wire.Condition.GOOD);
        try (Socket again = dial();
                Socket accepted = target.accept()) {
            say(again, 3);
            assertThat(hear(accepted)).isEqualTo(3);
        }
    }

    @Test
    void aHeldWireLosesOneDirectionUntilItIsGood() throws IOException {
        set(there, Wire.Condition.HELD);
        say(near, 1);
        say(far, 2);
        assertThat(hear(near)).isEqualTo(2);
        hearsNothing(far);
        set(there, Wire.Condition.GOOD);
        assertThat(hear(far)).isEqualTo(1);
    }

    @Test
    void aConnectionOverAHeldWireDoesNotArrive() throws IOException {
        set(there, Wire.Condition.HELD);
        try (Socket again = dial()) {
            target.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(target::accept).isInstanceOf(SocketTimeoutException.class);
            target.setSoTimeout(0);
            set(there, Wire.Condition.GOOD);
            try (Socket accepted = target.accept()) {
                say(again, 4);
                assertThat(hear(accepted)).isEqualTo(4);
            }
        }
    }

    @Test
    void whatAWireHeldIsLostWithAReset() throws IOException {
        set(there, Wire.Condition.HELD);
        say(near, 1);
        hearsNothing(far);
        proxy.reset(there);
        set(there, Wire.Condition.GOOD);
        assertThatThrownBy(() -> hear(far)).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowWireKeepsTheOrder() throws IOException {
        set(there, Wire.Condition.slow(TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.MILLISECONDS.toNanos(20)));
        for (int i = 0; i < 50; i++) {
            say(near, i);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(hear(far)).isEqualTo(i);
        }
    }

    @Test
    void aNarrowWireLosesNothing() throws IOException {
        int bytes = 40_000;
        set(there, Wire.Condition.narrow(200_000));
        near.getOutputStream().write(new byte[bytes]);
        say(near, 7);
        assertThat(far.getInputStream().readNBytes(bytes)).hasSize(bytes);
        assertThat(hear(far)).isEqualTo(7);
    }

    @Test
    void moreThanASocketTakesAtOnceArrives() throws Exception {
        int bytes = 8 << 20;
        Thread writer = new Thread(() -> {
            try {
                near.getOutputStream().write(new byte[bytes]);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(far.getInputStream().readNBytes(bytes)).hasSize(bytes);
        writer.join();
    }

    @Test
    void anElectionGreetingNamesTheProxy() throws IOException {
        int electionPort = new Ports().next();
        proxy.open(electionPort, new FaultProxy.Route(there, back, target.getLocalPort(), "127.0.0.1:12345"));
        byte[] own = "127.0.0.1:3888".getBytes(StandardCharsets.UTF_8);
        ByteBuffer greeting = ByteBuffer.allocate(20 + own.length + 4)
                .putLong(-65536)
                .putLong(2)
                .putInt(own.length)
                .put(own)
                .putInt(99);
        try (Socket dialler = new Socket(InetAddress.getLoopbackAddress(), electionPort);
                Socket accepted = target.accept()) {
            for (byte each : greeting.array()) {
                dialler.getOutputStream().write(each);
            }
            DataInputStream in = new DataInputStream(accepted.getInputStream());
            assertThat(in.readLong()).isEqualTo(-65536);
            assertThat(in.readLong()).isEqualTo(2);
            assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                    .isEqualTo("127.0.0.1:12345");
            assertThat(in.readInt()).isEqualTo(99);
        }
    }
}
