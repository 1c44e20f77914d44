package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.Stat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Quotas: accounting, the text of their nodes, and enforcement (client protocol 10.2 to 10.4). */
abstract class QuotaKit extends ClientProtocolKit {

    @Override
    ServerOptions options() {
        return ServerOptions.builder().enforceQuota().build();
    }

    @Test
    @Checklist(119)
    @DisplayName("14.119 creating zookeeper_stats fills in real usage, and later changes update it silently")
    void statisticsAreMaintained() {
        session().create(path("a"), "12345", Acl.OPEN, 0).ok();
        session().create(path("a/b"), null, Acl.OPEN, 0).ok();
        limit("count=-1,bytes=-1", "count=0,bytes=0");
        assertThat(usage()).isEqualTo("count=3,bytes=6");
        Stat before = session().exists(stats(), true).stat();

        session().create(path("a/c"), "xy", Acl.OPEN, 0).ok();
        assertThat(usage()).isEqualTo("count=4,bytes=8");
        session().setData(path("a"), "1").ok();
        assertThat(usage()).isEqualTo("count=4,bytes=4");
        session().setData(path("a/c"), null).ok();
        assertThat(usage()).isEqualTo("count=4,bytes=2");
        session().delete(path("a/c")).ok();
        session().delete(path("a/b")).ok();
        assertThat(usage()).isEqualTo("count=2,bytes=2");

        Stat after = session().exists(stats(), false).stat();
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.mzxid()).isEqualTo(before.mzxid());
        assertThat(after.mtime()).isEqualTo(before.mtime());
        assertThat(session().settled()).isEmpty();
    }

    @Test
    @DisplayName("10.3 multi and the close of a session are accounted as well")
    void multiAndSessionCloseAreAccounted() {
        limit("count=-1,bytes=-1", "");
        KitSession other = open();
        other.create(path("e"), "abc", Acl.OPEN, Flags.EPHEMERAL).ok();
        other.multi(new Multi().create(path("m")).create(path("m/n")).delete(path("m/n"), -1))
                .ok();
        assertThat(usage()).isEqualTo("count=3,bytes=5");

        other.closeSession().ok();
        assertThat(usage()).isEqualTo("count=2,bytes=2");
    }

    @Test
    @DisplayName("10.2 without a limits node nothing is accounted; the stats node keeps what it was given")
    void withoutLimitsNothingIsAccounted() {
        limit("count=-1,bytes=-1", "");
        session().delete(quota() + "/zookeeper_limits").ok();
        String before = usage();
        session().create(path("a")).ok();

        assertThat(usage()).isEqualTo(before);
    }

    @Test
    @Checklist(120)
    @DisplayName("14.120 countHardLimit=2 refuses the second child with -125, since the node itself counts")
    void hardCountLimit() {
        limit("count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=2", "");
        session().create(path("a")).ok();

        assertThat(session().create(path("b")).err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().create2(path("b"), Flags.EPHEMERAL).err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().createContainer(path("b")).err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().create(path("a")).err()).isEqualTo(Err.NODE_EXISTS);
        assertThat(session().setData(path("a"), "much longer data").err()).isZero();
        session().delete(path("a")).ok();
        assertThat(session().create(path("b")).err()).isZero();
    }

    @Test
    @Checklist(120)
    @DisplayName("14.120 soft limits never refuse")
    void softLimitsNeverRefuse() {
        limit("count=1,bytes=1", "");

        assertThat(session().create(path("a"), "long data", Acl.OPEN, 0).err()).isZero();
        assertThat(session().setData(path("a"), "even longer data").err()).isZero();
        assertThat(session().create(path("b")).err()).isZero();
    }

    @Test
    @DisplayName("10.4 a hard byte limit refuses create and setData that exceed it, and a shrinking one still above it")
    void hardByteLimit() {
        session().create(path("big"), "0123456789", Acl.OPEN, 0).ok();
        limit("count=-1,bytes=-1=;byteHardLimit=8;countHardLimit=-1", "");

        assertThat(session().create(path("a"), "1", Acl.OPEN, 0).err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().create(path("empty"), null, Acl.OPEN, 0).err()).isZero();
        assertThat(session().setData(path("big"), "012345678").err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().setData(path("big"), "0123456").err()).isZero();
        assertThat(session().setData(path("big"), "01234567").err()).isEqualTo(Err.QUOTA_EXCEEDED);
    }

    @Test
    @DisplayName("4.3 setData: missing WRITE wins over the quota, the quota over a wrong version")
    void orderOfTheQuotaCheck() {
        session().create(path("a")).ok();
        session().create(path("locked"), "d", List.of(Acl.world(Acl.READ)), 0).ok();
        limit("count=-1,bytes=-1=;byteHardLimit=3;countHardLimit=-1", "");

        assertThat(session().setData(path("a"), "123456", 99).err()).isEqualTo(Err.QUOTA_EXCEEDED);
        assertThat(session().setData(path("locked"), "123456").err()).isEqualTo(Err.NO_AUTH);
    }

    @Test
    @DisplayName("10.4 inside a multi the quota is the operation's own result")
    void quotaInsideMulti() {
        limit("count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=1", "");
        Reply reply = session().multi(new Multi().check(root(), -1).create(path("a")));

        assertThat(Multi.errors(reply)).containsExactly(0, Err.QUOTA_EXCEEDED);
    }

    @Test
    @DisplayName("10.2 only the deepest quota counts")
    void deepestQuotaCounts() {
        session().create(path("a")).ok();
        limit("count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=2", "");
        session().create(quota() + "/a", "", Acl.OPEN, 0).ok();
        session()
                .create(quota() + "/a/zookeeper_limits", "count=-1,bytes=-1", Acl.OPEN, 0)
                .ok();
        session().create(quota() + "/a/zookeeper_stats", "", Acl.OPEN, 0).ok();

        assertThat(session().create(path("a/b")).err()).isZero();
        assertThat(session().create(path("b")).err()).isEqualTo(Err.QUOTA_EXCEEDED);
    }

    @Test
    @DisplayName("10.4 with enforcement off a hard limit refuses nothing")
    void enforcementIsOffByDefault() {
        withServer(ServerOptions.defaults(), own -> {
            KitSession client = ended(KitSession.open(own.address()));
            client.create("/q").ok();
            client.create("/zookeeper/quota/q").ok();
            client.create("/zookeeper/quota/q/zookeeper_limits", "count=-1,bytes=-1=;countHardLimit=1", Acl.OPEN, 0)
                    .ok();
            client.create("/zookeeper/quota/q/zookeeper_stats", "", Acl.OPEN, 0).ok();
            assertThat(client.create("/q/a").err()).isZero();
            assertThat(client.getData("/zookeeper/quota/q/zookeeper_stats", false)
                            .data()
                            .text())
                    .isEqualTo("count=2,bytes=2");

            // Usage is counted anew from the tree when a server loads its data.
            client.create("/q/b").ok();
            own.restart();
            KitSession again = ended(KitSession.open(own.address()));
            assertThat(again.getData("/zookeeper/quota/q/zookeeper_stats", false)
                            .data()
                            .text())
                    .isEqualTo("count=3,bytes=3");
        });
    }

    private String quota() {
        return "/zookeeper/quota" + root();
    }

    private String stats() {
        return quota() + "/zookeeper_stats";
    }

    private String usage() {
        return session().getData(stats(), false).data().text();
    }

    private void limit(String limits, String initialStatistics) {
        session().create(quota(), "", Acl.OPEN, 0).ok();
        session().create(quota() + "/zookeeper_limits", limits, Acl.OPEN, 0).ok();
        session().create(stats(), initialStatistics, Acl.OPEN, 0).ok();
    }
}
