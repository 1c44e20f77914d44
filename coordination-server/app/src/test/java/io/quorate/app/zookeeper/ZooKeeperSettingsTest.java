package io.quorate.app.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ZooKeeperSettingsTest {

    @TempDir
    Path directory;

    private final RecordedLog log = new RecordedLog();
    private final Map<String, Object> systemProperties = new HashMap<>();
    private final Map<String, Object> explicit = new HashMap<>();

    private final StandardEnvironment environment = new StandardEnvironment() {
        @Override
        public Map<String, Object> getSystemProperties() {
            return systemProperties;
        }
    };

    private String process() {
        environment.getPropertySources().addFirst(new MapPropertySource("explicit", explicit));
        ConfigurationPropertySources.attach(environment);
        new ZooKeeperSettings(destination -> log).postProcessEnvironment(environment, new SpringApplication());
        return String.join("\n", log.lines());
    }

    private Path file(String... lines) throws IOException {
        Path file = directory.resolve("zoo.cfg");
        Files.write(file, List.of(lines));
        explicit.put("coordination.zoo-cfg", file.toString());
        return file;
    }

    private String property(String name) {
        return Binder.get(environment).bind(name, String.class).orElse(null);
    }

    @Test
    void theSampleFileOfZooKeeperIsTakenOver() throws IOException {
        file(
                "# The number of milliseconds of each tick",
                "tickTime=2000",
                "initLimit=10",
                "syncLimit=5",
                "dataDir=/tmp/zookeeper",
                "clientPort=2181",
                "#maxClientCnxns=60",
                "#autopurge.snapRetainCount=3");

        assertThat(process()).doesNotContain("no effect");
        assertThat(property("coordination.init-limit")).isEqualTo("10");
        assertThat(property("coordination.sync-limit")).isEqualTo("5");
        assertThat(property("coordination.tick-time")).isEqualTo("2000");
        assertThat(property("coordination.data-dir")).isEqualTo("/tmp/zookeeper");
        assertThat(property("coordination.client-port")).isEqualTo("2181");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aFileWithoutTickTimeHasZooKeepersDefault() throws IOException {
        file("dataDir=/d");
        process();

        assertThat(property("coordination.tick-time")).isEqualTo("3000");
    }

    @Test
    void anExplicitPropertyWinsOverTheFileInAnySpelling() throws IOException {
        file("dataDir=/d", "clientPort=3000", "maxClientCnxns=7");
        explicit.put("coordination.clientPort", "4000");
        process();

        assertThat(property("coordination.client-port")).isEqualTo("4000");
        assertThat(property("coordination.max-client-cnxns")).isEqualTo("7");
    }

    @Test
    void theFileWinsOverSystemPropertiesAsInZooKeeper() throws IOException {
        file("dataDir=/d", "snapCount=500");
        systemProperties.put("zookeeper.snapCount", "900");
        systemProperties.put("zookeeper.preAllocSize", "4096");

        assertThat(process())
                .contains("INFO -Dzookeeper.snapCount is not used, because zoo.cfg sets coordination.snap-count")
                .contains("INFO -Dzookeeper.preAllocSize is used as coordination.pre-alloc-size; set that instead");
        assertThat(property("coordination.snap-count")).isEqualTo("500");
        assertThat(property("coordination.pre-alloc-size")).isEqualTo("4096");
    }

    @Test
    void anExplicitPropertyWinsOverSystemProperties() {
        systemProperties.put("zookeeper.skipACL", "yes");
        systemProperties.put("jute.maxbuffer", "0x3fffff");
        systemProperties.put("znode.container.maxPerMinute", "5");
        explicit.put("coordination.skip-acl", "no");

        assertThat(process())
                .contains("-Dzookeeper.skipACL is not used, because explicit sets coordination.skip-acl")
                .contains("-Djute.maxbuffer is used as coordination.jute.maxbuffer");
        assertThat(property("coordination.skip-acl")).isEqualTo("no");
        assertThat(property("coordination.jute.maxbuffer")).isEqualTo("4194303");
        assertThat(property("coordination.znode.container.max-per-minute")).isEqualTo("5");
    }

    @Test
    void otherSystemPropertiesAreNotLookedAt() {
        systemProperties.put("java.home", "/j");
        systemProperties.put("clientPort", "1");

        assertThat(process()).isEmpty();
        assertThat(property("coordination.client-port")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"throttled_op_wait_time", "throttledOpWaitTime"})
    void bothSpellingsWork(String key) throws IOException {
        file("dataDir=/d", key + "=12");

        assertThat(process()).isEmpty();
        assertThat(property("coordination.throttled-op-wait-time")).isEqualTo("12");
    }

    @Test
    void aPasswordIsNoNumber() throws IOException {
        file("dataDir=/d", "jute.maxbuffer=0xfffff", "ssl.keyStore.password=0xfffff");

        assertThat(process()).doesNotContain("0xfffff");
        assertThat(property("coordination.ssl.key-store.password")).isEqualTo("0xfffff");
        assertThat(property("coordination.jute.maxbuffer")).isEqualTo("1048575");
    }

    @Test
    void spellingsThatDisagreeAreReported() throws IOException {
        file("dataDir=/d", "connection_throttle_tokens=5", "connectionMaxTokens=6");

        assertThat(process())
                .contains("WARN connectionMaxTokens=6")
                .contains("disagrees with connection_throttle_tokens=5");
        assertThat(property("coordination.connection-throttle-tokens")).isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource({
        "autopurge.purgeIntervall, autopurge.purgeInterval",
        "maxclientcnxns, maxClientCnxns",
        "zookeeper.snapCount, snapCount"
    })
    void anUnknownKeyIsReportedWithTheNearestKnownOne(String key, String nearest) throws IOException {
        file("dataDir=/d", key + "=1");

        assertThat(process()).contains("WARN Unknown key " + key).contains("did you mean " + nearest + "?");
    }

    @Test
    void aKeyFarFromAllOthersGetsNoAdvice() throws IOException {
        file("dataDir=/d", "somethingElseAltogether=1");

        assertThat(process())
                .contains("WARN Unknown key somethingElseAltogether")
                .doesNotContain("did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamicConfigFile=/x/zoo.cfg.dynamic",
                "oraclePath=/x",
                "multiAddress.enabled=true",
                "quorum.auth.enableSasl=true",
                "syncEnabled=false",
                "ssl.quorum.keyStore.location=/k",
                "ssl.crl=true",
                "authProvider.1=x",
                "forceSync=no",
                "standaloneEnabled=false",
                "sslQuorum=true",
                "localSessionsEnabled=true"
            })
    void whatMustNotBePassedOverIsRefused(String line) throws IOException {
        Path file = file("dataDir=/d", line);

        assertThatThrownBy(this::process).isInstanceOfSatisfying(ZooKeeperSettingsRefused.class, refused -> {
            assertThat(refused.refusals()).hasSize(1);
            ZooKeeperSettingsRefused.Refusal refusal = refused.refusals().get(0);
            assertThat(line).startsWith(refusal.key() + "=");
            assertThat(refusal.origin()).contains(file.getFileName().toString()).contains("2:");
            assertThat(refusal.remedy()).contains("Remove the").endsWith(".");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"forceSync=yes", "standaloneEnabled=true", "sslQuorum=FALSE", "electionAlg=3"})
    void theOnlyValueIsAcceptedInSilence(String line) throws IOException {
        file("dataDir=/d", line);

        assertThat(process()).isEmpty();
    }

    @Test
    void allRefusalsAreNamedAtOnce() throws IOException {
        file("dataDir=/d", "oraclePath=/a", "dynamicConfigFile=/b", "forceSync=no");

        assertThatThrownBy(this::process).hasMessageContainingAll("oraclePath", "dynamicConfigFile", "forceSync");
    }

    @Test
    void systemPropertiesAreRefusedLikewise() {
        systemProperties.put("zookeeper.ssl.quorum.trustStore.location", "/t");

        assertThatThrownBy(this::process).hasMessageContaining("-Dzookeeper.ssl.quorum.trustStore.location");
    }

    @Test
    void keysWithoutMeaningAreNamedWithTheReasonOnce() throws IOException {
        file(
                "dataDir=/d",
                "nio.numWorkerThreads=4",
                "netty.advancedFlowControl.enabled=true",
                "nio.sessionlessCnxnTimeout=5");

        assertThat(process())
                .isEqualTo("INFO nio.numWorkerThreads, netty.advancedFlowControl.enabled have no effect here:"
                        + " one thread drives all sockets");
        assertThat(property("coordination.nio.sessionless-cnxn-timeout")).isEqualTo("5");
    }

    @Test
    void aMissingFeatureIsAWarning() throws IOException {
        file("dataDir=/d", "admin.serverPort=8081");

        assertThat(process())
                .contains("WARN admin.serverPort")
                .contains("is not used")
                .contains("server.port");
    }

    @Test
    void aFileWithoutDataDirIsRefused() throws IOException {
        file("clientPort=1");

        assertThatThrownBy(this::process)
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("coordination.zoo-cfg");
    }

    @Test
    void aMissingFileIsRefused() {
        explicit.put("coordination.zoo-cfg", directory.resolve("none.cfg").toString());

        assertThatThrownBy(this::process)
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        failure -> assertThat(failure.getReason()).contains("no readable file"));
    }

    @Test
    void theMembersOfAnEnsembleAreTakenOver() throws IOException {
        file(
                "dataDir=/d",
                "server.1=a:2888:3888;2181",
                "server.22=[::1]:2888:3888:observer",
                "group.3=1:2:5",
                "weight.1=2",
                "server.x=a:1:2");

        assertThat(process()).isEmpty();
        assertThat(entries("coordination.servers"))
                .containsEntry("1", "a:2888:3888;2181")
                .containsEntry("22", "[::1]:2888:3888:observer")
                .containsEntry("x", "a:1:2")
                .hasSize(3);
        assertThat(entries("coordination.group")).containsExactly(Map.entry("3", "1:2:5"));
        assertThat(entries("coordination.weight")).containsExactly(Map.entry("1", "2"));
    }

    private Map<String, String> entries(String name) {
        return Binder.get(environment)
                .bind(name, Bindable.mapOf(String.class, String.class))
                .get();
    }

    @ParameterizedTest
    @CsvSource({
        "peerType, observer, peer-type",
        "electionAlg, 3, election-alg",
        "initLimit, 12, init-limit",
        "syncLimit, 7, sync-limit",
        "connectToLearnerMasterLimit, 4, connect-to-learner-master-limit",
        "quorumListenOnAllIPs, true, quorum-listen-on-all-ips",
        "cnxTimeout, 900, cnx-timeout",
        "fastleader.minNotificationInterval, 100, fastleader.min-notification-interval",
        "fastleader.maxNotificationInterval, 9000, fastleader.max-notification-interval",
        "leaderServes, no, leader-serves",
        "commitLogCount, 700, commit-log-count"
    })
    void everyKeyOfAnEnsembleHasItsTwin(String key, String value, String twin) throws IOException {
        file("dataDir=/d", key + "=" + value);

        assertThat(process()).isEmpty();
        assertThat(property("coordination." + twin)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"cnxTimeout, cnx-timeout", "leaderServes, leader-serves", "commitLogCount, commit-log-count"})
    void soHaveTheirSystemProperties(String key, String twin) {
        systemProperties.put("zookeeper." + key, "600");

        assertThat(process()).contains("-Dzookeeper." + key + " is used as coordination." + twin);
        assertThat(property("coordination." + twin)).isEqualTo("600");
    }

    @ParameterizedTest
    @CsvSource({"server.1=a:1:2", "group.1=1", "weight.1=1"})
    void aMemberThatStandsThereTwiceIsRefused(String line) throws IOException {
        file("dataDir=/d", line, "tickTime=1", "tickTime=2", line + "3");

        assertThatThrownBy(this::process)
                .isInstanceOfSatisfying(
                        ZooKeeperSettingsRefused.class,
                        refused -> assertThat(refused.refusals())
                                .singleElement()
                                .satisfies(refusal -> assertThat(line).startsWith(refusal.key() + "=")));
    }

    @Test
    void valuesRememberTheirLine() throws IOException {
        file("dataDir=/d", "", "clientPort=abc  ");
        process();

        assertThat(OriginLookup.getOrigin(environment.getPropertySources().get("zoo.cfg"), "coordination.client-port"))
                .asString()
                .contains("zoo.cfg")
                .contains("3:");
        assertThat(property("coordination.client-port")).isEqualTo("abc");
    }
}
