package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.app.failure.EnsembleRefused;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.runtime.server.PeerAddresses;
import io.quorate.runtime.server.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/** From the properties of an ensemble to what a member is made of. */
class EnsemblePropertiesTest {

    private static final List<String> THREE = List.of(
            "coordination.servers[1]=a:2888:3888",
            "coordination.servers[2]=b:2888:3888",
            "coordination.servers[3]=c:2888:3888:participant");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(CoordinationPropertiesTest.PropertiesOnly.class);

    private void with(List<String> members, List<String> more, Consumer<ServerOptionsFactory> check) {
        List<String> properties = new ArrayList<>(members);
        properties.addAll(more);
        runner.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            assertThat(context).hasNotFailed();
            check.accept(new ServerOptionsFactory(context.getBean(CoordinationProperties.class)));
        });
    }

    private void optionsOfTwo(List<String> more, Consumer<ServerOptions> check) {
        with(THREE, more, factory -> check.accept(factory.options(2)));
    }

    @Test
    void defaultsOfAMember() {
        optionsOfTwo(List.of(), options -> {
            EnsembleOptions ensemble = options.replica().ensemble();
            assertThat(ensemble.serverId()).isEqualTo(2);
            assertThat(ensemble.membership().voters()).containsExactly(1L, 2L, 3L);
            assertThat(ensemble.membership().hierarchy()).isNull();
            assertThat(ensemble.tickMillis()).isEqualTo(2000);
            assertThat(ensemble.initLimitTicks()).isEqualTo(10);
            assertThat(ensemble.syncLimitTicks()).isEqualTo(5);
            assertThat(ensemble.connectLimitTicks()).isZero();
            assertThat(ensemble.connectTimeoutMillis()).isEqualTo(5000);
            assertThat(ensemble.minNotificationMillis()).isEqualTo(200);
            assertThat(ensemble.maxNotificationMillis()).isEqualTo(2000);
            assertThat(ensemble.windowTxns()).isEqualTo(200_000);
            assertThat(ensemble.windowBytes()).isEqualTo(64 << 20);
            assertThat(ensemble.leaderServes()).isTrue();
            assertThat(options.peers()).isEqualTo(new PeerAddresses("b", 3888, 2888));
            assertThat(options.clients().port()).isEqualTo(2181);
            assertThat(options.clients().address()).isEqualTo("0.0.0.0");
        });
    }

    @Test
    void everythingArrives() {
        List<String> all = List.of(
                "coordination.group[1]=1:2",
                "coordination.group[2]=3",
                "coordination.weight[1]=3",
                "coordination.peer-type=Participant",
                "coordination.election-alg=3",
                "coordination.tick-time=100",
                "coordination.init-limit=12",
                "coordination.sync-limit=7",
                "coordination.connect-to-learner-master-limit=4",
                "coordination.cnx-timeout=900",
                "coordination.fastleader.min-notification-interval=100",
                "coordination.fastleader.max-notification-interval=1m",
                "coordination.leader-serves=no",
                "coordination.quorum-listen-on-all-ips=true",
                "coordination.commit-log-count=700",
                "coordination.commit-log-size=2097152");
        optionsOfTwo(all, options -> {
            EnsembleOptions ensemble = options.replica().ensemble();
            assertThat(ensemble.membership().hierarchy().groups())
                    .containsEntry(1L, List.of(1L, 2L))
                    .containsEntry(2L, List.of(3L))
                    .hasSize(2);
            assertThat(ensemble.membership().rule().weight(1)).isEqualTo(3);
            assertThat(ensemble.membership().rule().weight(2)).isEqualTo(1);
            assertThat(ensemble.tickMillis()).isEqualTo(100);
            assertThat(ensemble.initLimitTicks()).isEqualTo(12);
            assertThat(ensemble.syncLimitTicks()).isEqualTo(7);
            assertThat(ensemble.connectLimitTicks()).isEqualTo(4);
            assertThat(ensemble.connectTimeoutMillis()).isEqualTo(900);
            assertThat(ensemble.minNotificationMillis()).isEqualTo(100);
            assertThat(ensemble.maxNotificationMillis()).isEqualTo(60_000);
            assertThat(ensemble.leaderServes()).isFalse();
            assertThat(ensemble.windowTxns()).isEqualTo(700);
            assertThat(ensemble.windowBytes()).isEqualTo(2 << 20);
            assertThat(options.peers()).isEqualTo(new PeerAddresses("0.0.0.0", 3888, 2888));
        });
    }

    @Test
    void weightsAloneMakeNoGroups() {
        refused(THREE, List.of("coordination.weight[1]=2"), 1, "server 1 is in no group", "coordination.group");
    }

    private void refused(List<String> members, List<String> more, int serverId, String problem, String property) {
        with(List.of(), List.of(), ignored -> {});
        List<String> properties = new ArrayList<>(members);
        properties.addAll(more);
        runner.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            CoordinationProperties bound = context.getBean(CoordinationProperties.class);
            assertThatThrownBy(() -> new ServerOptionsFactory(bound).options(serverId))
                    .isInstanceOfSatisfying(EnsembleRefused.class, refused -> {
                        assertThat(refused.problem()).contains(problem).doesNotEndWith(".");
                        assertThat(refused.properties()).contains(property);
                        assertThat(refused.remedy()).isNotBlank().endsWith(".");
                    });
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "servers[x]=a:1:2~'x' is no id~coordination.servers[x]",
                "servers[-4]=a:1:2~'-4' is no id~coordination.servers[-4]",
                "servers[255]=a:1:2~255~coordination.servers",
                "servers[02]=d:1:2~two servers have the id 2~coordination.servers",
                "servers[4]=b:2888:3999~both name the address b:2888~coordination.servers",
                "servers[4]=d:2888:2888~2888 for its quorum port and for its election port~coordination.servers[4]",
                "servers[4]=d:1:2|e:1:2~2 addresses~coordination.servers[4]",
                "group[x]=1:2:3~'x' is no id~coordination.group[x]",
                "group[1]=1:2:x~'x' is no server id~coordination.group[1]",
                "group[1]=1:2~server 3 is in no group~coordination.group",
                "group[1]=1:2:3:4~server 4, which is no participant~coordination.group",
                "weight[1]=-1~the weight of server 1 is '-1'~coordination.weight[1]",
                "weight[1]=1000001~the weight of server 1 is '1000001'~coordination.weight[1]",
                "weight[one]=1~'one' is no id~coordination.weight[one]",
                "peer-type=observer~has this one, server 1, as participant~coordination.peer-type"
            })
    void whatCannotBeIsRefused(String line, String problem, String property) {
        refused(THREE, List.of("coordination." + line), 1, problem, property);
    }

    @Test
    void groupsMustNotOverlap() {
        List<String> groups = List.of("coordination.group[1]=1:2", "coordination.group[2]=2:3");
        refused(THREE, groups, 1, "server 2 is in group 1 and in group 2", "coordination.group");
    }

    @Test
    void somebodyMustDecide() {
        List<String> weightless = List.of(
                "coordination.group[1]=1:2:3",
                "coordination.weight[1]=0",
                "coordination.weight[2]=0",
                "coordination.weight[3]=0");
        refused(THREE, weightless, 1, "every voter has the weight 0", "coordination.weight");
    }

    @Test
    void groupsWithoutServersAreRefused() {
        refused(List.of(), List.of("coordination.group[1]=1"), 1, "no servers", "coordination.group");
    }

    @Test
    void anIdThatIsNotListedIsRefused() {
        refused(THREE, List.of(), 4, "names [1, 2, 3]", "coordination.servers");
        refused(THREE, List.of("coordination.server-id=4"), 4, "this is server 4", "coordination.server-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1:2:participant", "a:1:2:observer"})
    void oneVoterIsNotObserved(String first) {
        List<String> two = List.of("coordination.servers[1]=" + first, "coordination.servers[2]=b:1:2:observer");
        refused(two, List.of(), 1, "observer", "coordination.servers");
        refused(two, List.of(), 2, "observer", "coordination.servers");
    }

    @Test
    void oneServerAloneIsNoEnsemble() {
        with(List.of("coordination.servers[1]=a:1:2;127.0.0.1:2190"), List.of(), factory -> {
            factory.checkWithoutId();
            ServerOptions options = factory.options(1);
            assertThat(options.replica().ensemble()).isNull();
            assertThat(options.peers()).isNull();
            assertThat(options.clients().address()).isEqualTo("127.0.0.1");
            assertThat(options.clients().port()).isEqualTo(2190);
        });
    }

    @Test
    void anObserverIsAMember() {
        with(THREE, List.of("coordination.servers[4]=d:1:2:observer", "coordination.peer-type=observer"), factory -> {
            EnsembleOptions ensemble = factory.options(4).replica().ensemble();
            assertThat(ensemble.membership().isVoter(4)).isFalse();
            assertThat(ensemble.membership().find(4)).isNotNull();
        });
    }

    @Test
    void withSeveralServersAnIdIsNeeded() {
        with(
                THREE,
                List.of(),
                factory -> assertThatThrownBy(factory::checkWithoutId)
                        .isInstanceOf(EnsembleRefused.class)
                        .hasMessageContaining("nothing says which of them this one is")
                        .hasMessageContaining("coordination.server-id"));
        with(List.of(), List.of(), ServerOptionsFactory::checkWithoutId);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                // own entry ~ client-port ~ client-port-address ~ what becomes of it; - where it is refused
                "a:1:2~-~-~0.0.0.0:2181",
                "a:1:2~2190~-~0.0.0.0:2190",
                "a:1:2~2190~10.0.0.1~10.0.0.1:2190",
                "a:1:2;2182~-~-~0.0.0.0:2182",
                "a:1:2;10.0.0.1:2182~-~-~10.0.0.1:2182",
                "a:1:2;10.0.0.1:2182~2182~-~10.0.0.1:2182",
                "a:1:2;10.0.0.1:2182~2182~0.0.0.0~10.0.0.1:2182",
                "a:1:2;10.0.0.1:2182~2182~10.0.0.1~10.0.0.1:2182",
                "a:1:2;[::1]:2182~-~-~::1:2182",
                "a:1:2;2182~2181~-~-",
                "a:1:2;2182~2182~10.0.0.1~-",
                "a:1:2;10.0.0.1:2182~2182~10.0.0.2~-",
                "a:1:2;10.0.0.1:2182~2181~10.0.0.1~-"
            })
    void theClientPartOfTheOwnEntryIsHonoured(String entry, String port, String address, String expected) {
        List<String> properties = new ArrayList<>(List.of("coordination.servers[2]=b:1:2;2999"));
        if (port != null) {
            properties.add("coordination.client-port=" + port);
        }
        if (address != null) {
            properties.add("coordination.client-port-address=" + address);
        }
        List<String> members = List.of("coordination.servers[1]=" + entry);
        if (expected == null) {
            refused(members, properties, 1, "the server's own entry says", "coordination.client-port");
            refused(members, properties, 1, "the properties for clients say", "coordination.servers[1]");
        } else {
            with(members, properties, factory -> {
                ServerOptions options = factory.options(1);
                assertThat(options.clients().address() + ":" + options.clients().port())
                        .isEqualTo(expected);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "coordination.fastleader.min-notification-interval=3s, coordination.fastleader.min-notification-interval",
        "coordination.commit-log-size=1000, coordination.commit-log-size"
    })
    void whatDoesNotFitTheRestIsRefusedByName(String property, String blamed) {
        with(
                THREE,
                List.of(property),
                factory -> assertThatThrownBy(() -> factory.options(1))
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                failure -> assertThat(failure.getName()).isEqualTo(blamed)));
    }
}
