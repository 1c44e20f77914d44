package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.ServerOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class CoordinationPropertiesTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CoordinationProperties.class)
    static class PropertiesOnly {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(PropertiesOnly.class);

    private void withOptions(Consumer<ServerOptions> check, String... properties) {
        runner.withPropertyValues(properties).run(context -> {
            assertThat(context).hasNotFailed();
            check.accept(new ServerOptionsFactory(context.getBean(CoordinationProperties.class)).options(1));
        });
    }

    @Test
    void defaultsAreThoseOfTheReplicaButForTheTick() {
        withOptions(options -> {
            ReplicaOptions replica = options.replica();
            assertThat(options.clients().port()).isEqualTo(2181);
            assertThat(options.clients().address()).isEqualTo("0.0.0.0");
            assertThat(options.data().directory()).isEqualTo(Path.of("data/standalone"));
            assertThat(options.data().logDirectory()).isEqualTo(options.data().directory());
            assertThat(options.data().createMissing()).isTrue();
            assertThat(options.data().slowForceMillis()).isEqualTo(1000);
            assertThat(options.clients().fourLetterWords()).isEmpty();
            assertThat(replica.times().tickMillis()).isEqualTo(2000);
            assertThat(replica.times().minSessionTimeoutMillis()).isEqualTo(4000);
            assertThat(replica.times().maxSessionTimeoutMillis()).isEqualTo(40_000);
            assertThat(replica.limits()).isEqualTo(Limits.DEFAULTS);
            assertThat(replica.nodes()).isEqualTo(ReplicaOptions.Nodes.DEFAULTS);
            assertThat(replica.access()).isEqualTo(ReplicaOptions.Access.DEFAULTS);
            assertThat(replica.storage()).isEqualTo(ReplicaOptions.Storage.DEFAULTS);
            assertThat(replica.throttle()).isEqualTo(ThrottleOptions.OFF);
            assertThat(replica.reconfigEnabled()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "500ms, 500", "2s, 2000", "PT3S, 3000"})
    void aBareTickIsMilliseconds(String value, int millis) {
        withOptions(
                options -> assertThat(options.replica().times().tickMillis()).isEqualTo(millis),
                "coordination.tick-time=" + value);
    }

    @Test
    void bareNumbersMeanWhatTheyMeanInZooCfg() {
        withOptions(
                options -> {
                    ReplicaOptions replica = options.replica();
                    assertThat(replica.times().minSessionTimeoutMillis()).isEqualTo(1000);
                    assertThat(replica.times().maxSessionTimeoutMillis()).isEqualTo(30_000);
                    assertThat(replica.limits().frames().maxBytes()).isEqualTo(2_000_000);
                    assertThat(replica.limits().frames().extraRecordBytes()).isEqualTo(3_000_000);
                    assertThat(replica.limits().links().idleHandshakeMillis()).isEqualTo(700);
                    assertThat(replica.limits().requests().maxWaitMillis()).isEqualTo(9);
                    assertThat(replica.limits().requests().largeBytes()).isEqualTo(1000);
                    assertThat(replica.storage().snapSizeBytes()).isEqualTo(2048);
                    assertThat(replica.storage().segmentBytes()).isEqualTo(4096);
                    assertThat(replica.storage().reserveBytes()).isEqualTo(65_536 * 1024);
                    assertThat(replica.nodes().containerCheckMillis()).isEqualTo(250);
                    assertThat(replica.nodes().containerMaxNeverUsedMillis()).isEqualTo(90);
                    assertThat(replica.throttle().fillMillis()).isEqualTo(7);
                    assertThat(replica.throttle().freezeMillis()).isEqualTo(11);
                },
                "coordination.min-session-timeout=1000",
                "coordination.max-session-timeout=30000",
                "coordination.jute.maxbuffer=2000000",
                "coordination.jute.maxbuffer-extrasize=3000000",
                "coordination.nio.sessionless-cnxn-timeout=700",
                "coordination.throttled-op-wait-time=9",
                "coordination.large-request-threshold=1000",
                "coordination.snap-size-limit-in-kb=2",
                "coordination.txn-log-size-limit-in-kb=4",
                "coordination.pre-alloc-size=65536",
                "coordination.znode.container.check-interval-ms=250",
                "coordination.znode.container.max-never-used-interval-ms=90",
                "coordination.connection-throttle-fill-time=7",
                "coordination.connection-throttle-freeze-time=11");
    }

    @Test
    void unitsWorkAsBootWritesThem() {
        withOptions(
                options -> {
                    ReplicaOptions replica = options.replica();
                    assertThat(replica.times().maxSessionTimeoutMillis()).isEqualTo(120_000);
                    assertThat(replica.limits().frames().maxBytes()).isEqualTo(4 << 20);
                    assertThat(replica.storage().snapSizeBytes()).isEqualTo(1L << 30);
                    assertThat(replica.storage().reserveBytes()).isEqualTo(32 << 20);
                },
                "coordination.max-session-timeout=2m",
                "coordination.jute.maxbuffer=4MB",
                "coordination.snap-size-limit-in-kb=1GB",
                "coordination.pre-alloc-size=32MB");
    }

    @Test
    void everythingElseArrivesToo() {
        withOptions(
                options -> {
                    ReplicaOptions replica = options.replica();
                    assertThat(options.clients().address()).isEqualTo("127.0.0.1");
                    assertThat(options.clients().backlog()).isEqualTo(77);
                    assertThat(options.data().logDirectory()).isEqualTo(Path.of("logs"));
                    assertThat(options.data().createMissing()).isFalse();
                    assertThat(options.clients().fourLetterWords()).containsExactly("stat", "mntr");
                    assertThat(replica.limits().links().max()).isEqualTo(500);
                    assertThat(replica.limits().links().maxPerAddress()).isZero();
                    assertThat(replica.limits().requests().maxOutstanding()).isEqualTo(10);
                    assertThat(replica.limits().maxWatches()).isEqualTo(77);
                    assertThat(replica.limits().frames().maxReplyBytes()).isEqualTo(2 << 20);
                    assertThat(replica.limits().links().maxIdentities()).isEqualTo(9);
                    assertThat(replica.limits().links().maxIdentityChars()).isEqualTo(2048);
                    assertThat(replica.limits().requests().maxInProcess()).isEqualTo(12);
                    assertThat(options.data().slowForceMillis()).isEqualTo(20);
                    assertThat(replica.nodes().extendedTypes()).isTrue();
                    assertThat(replica.nodes().emulate353Ttl()).isTrue();
                    assertThat(replica.nodes().enforceQuota()).isTrue();
                    assertThat(replica.access().skipAcl()).isTrue();
                    assertThat(replica.access().superDigest()).isEqualTo("super:abc=");
                    assertThat(replica.access().digestAlgorithm()).isEqualTo("SHA-256");
                    assertThat(replica.access().enforcedSchemes()).containsExactly("digest", "ip");
                    assertThat(replica.storage().trustEmptySnapshot()).isTrue();
                    assertThat(replica.storage().snapCount()).isEqualTo(50);
                    assertThat(replica.throttle().tokens()).isEqualTo(40);
                    assertThat(replica.reconfigEnabled()).isTrue();
                },
                "coordination.client-port-address=127.0.0.1",
                "coordination.client-port-listen-backlog=77",
                "coordination.data-dir=data",
                "coordination.data-log-dir=logs",
                "coordination.datadir-autocreate=false",
                "coordination.4lw.commands.whitelist=stat, mntr",
                "coordination.max-cnxns=500",
                "coordination.max-client-cnxns=0",
                "coordination.global-outstanding-limit=10",
                "coordination.max-watches=77",
                "coordination.max-reply-bytes=2MB",
                "coordination.max-identities=9",
                "coordination.max-identity-chars=2048",
                "coordination.request-throttle-max-requests=12",
                "coordination.fsync.warningthresholdms=20",
                "coordination.extended-types-enabled=true",
                "coordination.emulate353-ttl-nodes=true",
                "coordination.enforce-quota=true",
                "coordination.skip-acl=yes",
                "coordination.digest-authentication-provider.super-digest=super:abc=",
                "coordination.digest-authentication-provider.digest-alg=SHA-256",
                "coordination.enforce.auth.enabled=true",
                "coordination.enforce.auth.schemes=digest,ip",
                "coordination.snapshot.trust.empty=true",
                "coordination.snap-count=50",
                "coordination.connection-throttle-tokens=40",
                "coordination.reconfig-enabled=true");
    }

    @ParameterizedTest
    @CsvSource({"5, 1h, 5", "1, 24, 3", "0, 1, 0", "5, 0, 0", "3, 12, 3"})
    void purgingKeepsThreeAtLeastOrEverything(String count, String interval, int retained) {
        withOptions(
                options -> assertThat(options.replica().storage().retainedSnapshots())
                        .isEqualTo(retained),
                "coordination.autopurge.snap-retain-count=" + count,
                "coordination.autopurge.purge-interval=" + interval);
    }

    @Test
    void sizesThatSwitchOffMayBeNegative() {
        withOptions(
                options -> {
                    assertThat(options.replica().storage().snapSizeBytes()).isZero();
                    assertThat(options.replica().limits().requests().largeBytes())
                            .isEqualTo(-1);
                },
                "coordination.snap-size-limit-in-kb=-1",
                "coordination.large-request-threshold=0");
    }

    @ParameterizedTest
    @CsvSource({
        "coordination.jute.maxbuffer=100, coordination.jute.maxbuffer",
        "coordination.jute.maxbuffer=3GB, coordination.jute.maxbuffer",
        "coordination.pre-alloc-size=0, coordination.pre-alloc-size",
        "coordination.max-reply-bytes=1B, coordination.max-reply-bytes",
        "coordination.max-cnxn-output-bytes=1KB, coordination.max-cnxn-output-bytes",
        "coordination.large-request-max-bytes=0, coordination.large-request-max-bytes",
        "coordination.enforce.auth.enabled=true, coordination.enforce.auth.enabled",
        "coordination.emulate353-ttl-nodes=true, coordination.emulate353-ttl-nodes",
        "coordination.min-session-timeout=2m, coordination.min-session-timeout"
    })
    void whatDoesNotFitTheRestIsRefusedByName(String property, String blamed) {
        runner.withPropertyValues(property).run(context -> {
            ServerOptionsFactory factory = new ServerOptionsFactory(context.getBean(CoordinationProperties.class));
            assertThatThrownBy(() -> factory.options(1))
                    .isInstanceOfSatisfying(
                            InvalidConfigurationPropertyValueException.class,
                            failure -> assertThat(failure.getName()).isEqualTo(blamed));
        });
    }

    @Test
    void theHighestIdIsNotForExtendedTypes() {
        runner.withPropertyValues("coordination.extended-types-enabled=true").run(context -> {
            ServerOptionsFactory factory = new ServerOptionsFactory(context.getBean(CoordinationProperties.class));
            assertThat(factory.options(254).replica().serverId()).isEqualTo(254);
            assertThatThrownBy(() -> factory.options(255)).hasMessageContaining("255");
        });
    }

    @Test
    void theUpperHalfOfTheIdsIsNotForThe353Encoding() {
        runner.withPropertyValues("coordination.extended-types-enabled=true", "coordination.emulate353-ttl-nodes=true")
                .run(context -> {
                    ServerOptionsFactory factory =
                            new ServerOptionsFactory(context.getBean(CoordinationProperties.class));
                    assertThat(factory.options(127).replica().serverId()).isEqualTo(127);
                    assertThatThrownBy(() -> factory.options(128))
                            .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                            .hasMessageContaining("coordination.server-id")
                            .hasMessageContaining("128");
                });
    }

    @Test
    void secretsAreNotPrinted() {
        runner.withPropertyValues("coordination.digest-authentication-provider.super-digest=super:hidden")
                .run(context -> assertThat(
                                context.getBean(CoordinationProperties.class).toString())
                        .contains("superDigest=***")
                        .doesNotContain("hidden"));
    }
}
