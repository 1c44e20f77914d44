package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reconfiguration where there is nothing to reconfigure (client protocol 4.3). */
abstract class ReconfigKit extends ClientProtocolKit {

    @Test
    @Checklist(123)
    @DisplayName("14.123 reconfig is -123 with the feature off")
    void reconfigIsOff() {
        assertThat(reconfig(session(), null, null, null, -1).err()).isEqualTo(Err.RECONFIG_DISABLED);
        assertThat(session().exists(root(), false).err()).isZero();
    }

    @Test
    @Checklist(123)
    @DisplayName("14.123 reconfig is -6 in standalone with the feature on, and the connection stays open")
    void reconfigInStandalone() {
        withServer(ServerOptions.builder().reconfig().build(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            assertThat(reconfig(client, "server.2=127.0.0.1:1:2;3", null, null, -1)
                            .err())
                    .isEqualTo(Err.UNIMPLEMENTED);
            assertThat(client.exists("/", false).err()).isZero();
        });
    }

    private static Reply reconfig(
            KitSession session,
            @Nullable String joining,
            @Nullable String leaving,
            @Nullable String members,
            long configId) {
        return session.call(Op.RECONFIG, Bodies.reconfig(joining, leaving, members, configId));
    }
}
