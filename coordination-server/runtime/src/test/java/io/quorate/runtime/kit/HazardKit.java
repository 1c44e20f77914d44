package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that Apache ZooKeeper survives badly or not at all (client protocol 13). Those that end it get a server of
 * their own.
 */
abstract class HazardKit extends ClientProtocolKit {

    @Override
    ServerOptions options() {
        return ServerOptions.builder().enforceQuota().build();
    }

    @ParameterizedTest
    @DisplayName("13.1 createTTL with flags of another kind and a negative ttl")
    @ValueSource(ints = {Flags.PERSISTENT, Flags.EPHEMERAL, Flags.CONTAINER})
    void ttlOpcodeWithOtherFlagsAndNegativeTtl(int flags) {
        withServer(ServerOptions.builder().extendedTypes().build(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            client.send(Op.CREATE_TTL, Bodies.createTtl("/a", null, Acl.OPEN, flags, -1));

            if (own.deliberatelyDiffers(DeliberateDifference.TTL_OPCODE_WITH_OTHER_FLAGS)) {
                assertThat(client.receive().err()).isEqualTo(Err.BAD_ARGUMENTS);
                assertThat(client.create("/b").err()).isZero();
            } else {
                // The logged transaction cannot be applied: the process ends, and ends again whenever it is started.
                assertThat(client.client().isClosedByServer()).isTrue();
            }
        });
    }

    @Test
    @DisplayName("13.7 a limits node directly below /zookeeper/quota")
    void limitsNodeOfTheRoot() {
        withServer(options(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            client.send(
                    Op.CREATE,
                    Bodies.create("/zookeeper/quota/zookeeper_limits", Bodies.bytes("count=1,bytes=1"), Acl.OPEN, 0));

            if (own.deliberatelyDiffers(DeliberateDifference.MALFORMED_QUOTA_TEXT)) {
                assertThat(client.receive().err()).isZero();
                assertThat(client.create("/zookeeper/quota/zookeeper_stats").err())
                        .isZero();
                assertThat(client.create("/a").err()).isZero();
                own.restart();
                KitSession again = ended(KitSession.open(own.address()));
                assertThat(again.exists("/a", false).err()).isZero();
            } else {
                // The logged transaction cannot be applied: the process ends, and ends again whenever it is started.
                assertThat(client.client().isClosedByServer()).isTrue();
            }
        });
    }

    // The specification takes an empty value for -1; ZooKeeper 3.9.5 fails on it as on any other malformed text.
    @ParameterizedTest
    @DisplayName("13.7 malformed limits text refuses writes below it on ZooKeeper and counts as no quota here")
    @ValueSource(strings = {"garbage", "count=x,bytes=y", "bytes=", "null"})
    void malformedLimits(String limits) {
        quota("null".equals(limits) ? null : limits, "");

        assertWritesBelowTheQuota();
    }

    @ParameterizedTest
    @DisplayName("13.7 malformed statistics text refuses writes on ZooKeeper and counts as no quota here")
    @ValueSource(strings = {"garbage", "null"})
    void malformedStatistics(String statistics) {
        quota("count=1,bytes=1", "");
        session()
                .setData(
                        "/zookeeper/quota" + root() + "/zookeeper_stats", "null".equals(statistics) ? null : statistics)
                .ok();

        assertWritesBelowTheQuota();
    }

    @ParameterizedTest
    @DisplayName("10.2 missing keys of limits count as unset")
    @ValueSource(strings = {"count=5", "", "other=7"})
    void partialLimits(String limits) {
        quota(limits, "");

        assertThat(session().create(path("a")).err()).isZero();
        assertThat(session().setData(path("a"), "longer").err()).isZero();
    }

    private void quota(@Nullable String limits, String statistics) {
        String node = "/zookeeper/quota" + root();
        session().create(node, "", Acl.OPEN, 0).ok();
        session().create(node + "/zookeeper_limits", limits, Acl.OPEN, 0).ok();
        session().create(node + "/zookeeper_stats", statistics, Acl.OPEN, 0).ok();
    }

    private void assertWritesBelowTheQuota() {
        int expected = expected(DeliberateDifference.MALFORMED_QUOTA_TEXT, Err.MARSHALLING, Err.OK);

        assertThat(session().create(path("a")).err()).isEqualTo(expected);
        assertThat(session().setData(root(), "longer").err()).isEqualTo(expected);
        assertThat(session().exists(path("a"), false).err()).isEqualTo(expected == Err.OK ? Err.OK : Err.NO_NODE);
    }
}
