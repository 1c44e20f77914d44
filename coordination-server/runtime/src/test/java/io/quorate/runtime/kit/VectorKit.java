package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.FrameClient;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The documented byte sequences, sent and expected literally (client protocol 1.4). */
abstract class VectorKit extends ClientProtocolKit {

    private static final String CREATE_A = "00000032" + "00000001" + "00000001" + "000000022f61" + "0000000178"
            + "00000001" + "0000001f" + "00000005776f726c64" + "00000006616e796f6e65" + "00000000";
    private static final String NEW_SESSION = "0000002d" + "00000000" + "0000000000000000" + "00007530"
            + "0000000000000000" + "00000010" + "00000000000000000000000000000000" + "00";

    @Test
    @DisplayName("1.4 ConnectRequest and ConnectResponse")
    void handshake() {
        FrameClient client = connect();
        send(client, NEW_SESSION);

        String response = receive(client);
        assertThat(response).hasSize(2 * 37).startsWith("00000000" + "00007530").endsWith("00");
        assertThat(response.substring(32, 40)).isEqualTo("00000010");
    }

    @Test
    @DisplayName("1.4 the ConnectResponse of an invalid session")
    void invalidSession() {
        FrameClient client = connect();
        send(client, NEW_SESSION.replace("00007530" + "0000000000000000", "00007530" + "0000000000000007"));

        assertThat(receive(client))
                .isEqualTo("00000000" + "00000000" + "0000000000000000" + "00000010"
                        + "00000000000000000000000000000000" + "00");
    }

    @Test
    @DisplayName("1.4 create, its event and its reply; ping and its reply")
    void createAndPing() {
        session().addWatch("/a", 0).ok();
        send(session().client(), CREATE_A);
        String event = receive(session().client());
        String zxid = event.substring(8, 24);
        assertThat(event).isEqualTo("ffffffff" + zxid + "00000000" + "00000001" + "00000003" + "000000022f61");
        assertThat(receive(session().client())).isEqualTo("00000001" + zxid + "00000000" + "000000022f61");

        send(session().client(), "00000008" + "fffffffe" + "0000000b");
        assertThat(receive(session().client())).isEqualTo("fffffffe" + zxid + "00000000");
    }

    @Test
    @DisplayName("1.4 NodeDataChanged")
    void dataChanged() {
        session().getData(root(), true).ok();
        String zxid = String.format("%016x", open().setData(root(), "x").zxid());
        String path = HexFormat.of().formatHex(root().getBytes(StandardCharsets.UTF_8));

        assertThat(receive(session().client()))
                .isEqualTo("ffffffff" + zxid + "00000000" + "00000003" + "00000003"
                        + String.format("%08x", root().length()) + path);
    }

    @Test
    @DisplayName("1.4 an empty multi is its terminator")
    void emptyMulti() {
        send(session().client(), "00000011" + "00000009" + "0000000e" + "ffffffff01ffffffff");

        assertThat(receive(session().client())).startsWith("00000009").endsWith("00000000" + "ffffffff01ffffffff");
    }

    private static void send(FrameClient client, String hex) {
        client.sendRaw(HexFormat.of().parseHex(hex));
    }

    private static String receive(FrameClient client) {
        return HexFormat.of().formatHex(client.readFrame());
    }
}
