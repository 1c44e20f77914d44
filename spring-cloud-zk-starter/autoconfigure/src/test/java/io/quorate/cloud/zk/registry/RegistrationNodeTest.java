package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkConnection.Status;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.NodeType;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.StaleInstancePolicy;
import java.time.Duration;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the node is created and kept: rows of the table of states, against a server in memory and in virtual time. */
final class RegistrationNodeTest extends RegistrationNodeFixture {

    @Test
    void isCreatedWhenThereIsAConnection() {
        node.start();
        lane.run();
        assertThat(node.status().state()).isEqualTo(RegistrationState.CREATING);
        assertThat(server.requests).isEmpty();
        connect(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).singleElement().asString().matches(SERVICE + "/5b0f-c1-\\d{10}");
        assertThat(node.firstOutcome()).isCompletedWithValue(children().get(0));
    }

    @Test
    void aFailedCreationIsTriedAgainLaterAndLater() {
        server.failNext("create", Code.OPERATIONTIMEOUT, false);
        server.failNext("create", Code.OPERATIONTIMEOUT, false);
        node.start();
        connect(FIRST);
        assertThat(requests("create")).isEqualTo(1);
        lane.pass(Duration.ofMillis(200));
        assertThat(requests("create")).isEqualTo(2);
        lane.pass(Duration.ofMillis(399));
        assertThat(requests("create")).isEqualTo(2);
        lane.pass(Duration.ofMillis(1));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).hasSize(1);
    }

    @Test
    void aForbiddenCreationIsTriedAgainEveryHalfMinuteAndSaysWhy() {
        server.failNext("create", Code.NOAUTH, false);
        node.start();
        connect(FIRST);
        assertThat(node.status().problem()).contains("NoAuth");
        assertThatThrownBy(() -> node.firstOutcome().join()).hasCauseInstanceOf(KeeperException.NoAuthException.class);
        lane.pass(Duration.ofSeconds(29));
        assertThat(children()).isEmpty();
        lane.pass(Duration.ofSeconds(1));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(node.status().problem()).isNull();
    }

    @Test
    void aCreationWithoutAnswerIsFoundAgainAndNotRepeated() {
        server.failNext("create", Code.CONNECTIONLOSS, true);
        node.start();
        connect(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.CREATING);
        lane.pass(Duration.ofMillis(200));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(requests("create")).isEqualTo(1);
        assertThat(children()).hasSize(1);
    }

    @Test
    void whatChangedWhileACreationHadNoAnswerIsWrittenToTheNodeThatIsFound() throws Exception {
        server.failNext("create", Code.CONNECTIONLOSS, true);
        node.start();
        connect(FIRST);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.pass(Duration.ofMillis(200));
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
        assertThat(children()).hasSize(1);
    }

    @Test
    void aSuspendedConnectionLeavesItUncertain() {
        registered();
        tell(Status.SUSPENDED, FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.UNCERTAIN);
    }

    @Test
    void theSameSessionCostsNoWrite() {
        registered();
        long before = server.stat(children().get(0)).getMzxid();
        tell(Status.SUSPENDED, FIRST);
        connect(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(server.stat(children().get(0)).getMzxid()).isEqualTo(before);
        assertThat(server.requests).allMatch(request -> request.startsWith("exists "));
    }

    @Test
    void theSameSessionCreatesAgainWhatIsMissing() {
        registered();
        tell(Status.SUSPENDED, FIRST);
        server.removeByOther(children().get(0));
        connect(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).hasSize(1);
        assertThat(node.status().recreations()).isEqualTo(1);
    }

    @Test
    void anotherSessionCreatesFirstAndRemovesTheFormerNodeThen() {
        registered();
        String former = children().get(0);
        tell(Status.LOST, 0);
        connect(SECOND);
        assertThat(children()).singleElement().isNotEqualTo(former);
        assertThat(server.requests.indexOf("create " + SERVICE + "/5b0f-c1-"))
                .isLessThan(server.requests.indexOf("delete " + former));
        assertThat(server.stat(children().get(0)).getEphemeralOwner()).isEqualTo(SECOND);
    }

    @Test
    void leftoversOfOtherInstancesAreNotTouched() {
        put("other-id-0000000001", "other-id", "host-1", 8040);
        put("5b0f-c1-0000000002", "5b0f-c1", "host-2", 8040);
        put("5b0f-c1-0000000003", "5b0f-c1", "host-1", 9999);
        put("5b0f-c1-0000000004", "5b0f-c1", "host-1", 8040);
        server.put(SERVICE + "/5b0f-c1-0000000005", new byte[] {1}, SECOND);
        node.start();
        connect(FIRST);
        assertThat(children())
                .contains(
                        SERVICE + "/other-id-0000000001",
                        SERVICE + "/5b0f-c1-0000000002",
                        SERVICE + "/5b0f-c1-0000000003",
                        SERVICE + "/5b0f-c1-0000000005");
        assertThat(children()).doesNotContain(SERVICE + "/5b0f-c1-0000000004").hasSize(5);
    }

    @Test
    void withTheSameIdEveryLeftoverGoes() {
        put("5b0f-c1-0000000002", "5b0f-c1", "host-2", 8040);
        node = node(NodeType.SEQUENTIAL, StaleInstancePolicy.SAME_ID);
        node.start();
        connect(FIRST);
        assertThat(children()).singleElement().asString().isNotEqualTo(SERVICE + "/5b0f-c1-0000000002");
    }

    @Test
    void withoutAPolicyLeftoversStay() {
        put("5b0f-c1-0000000002", "5b0f-c1", "host-1", 8040);
        node = node(NodeType.SEQUENTIAL, StaleInstancePolicy.NEVER);
        node.start();
        connect(FIRST);
        assertThat(children()).hasSize(2);
    }

    @Test
    void aNodeThatSomebodyRemovesIsCreatedAgainAfterASecond() {
        registered();
        server.removeByOther(children().get(0));
        lane.run();
        assertThat(node.status().state()).isEqualTo(RegistrationState.CREATING);
        lane.pass(Duration.ofMillis(999));
        assertThat(children()).isEmpty();
        lane.pass(Duration.ofMillis(1));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).hasSize(1);
        assertThat(node.status().recreations()).isEqualTo(1);
    }

    @Test
    void theSecondRemovalIsSeenToo() {
        registered();
        for (int i = 0; i < 2; i++) {
            server.removeByOther(children().get(0));
            lane.pass(Duration.ofSeconds(1));
            assertThat(children()).hasSize(1);
        }
    }

    @Test
    void aChangeIsWrittenToTheSameNode() throws Exception {
        registered();
        String path = children().get(0);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.run();
        assertThat(children()).containsExactly(path);
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
        server.removeByOther(path);
        lane.run();
        assertThat(node.status().state()).as("still watched").isEqualTo(RegistrationState.CREATING);
    }

    @Test
    void aChangeThatMeetsAForeignWriteIsWrittenAgain() throws Exception {
        registered();
        server.writeByOther(children().get(0), new byte[] {1});
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.run();
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void aChangeWithoutConnectionIsWrittenLater() throws Exception {
        registered();
        tell(Status.SUSPENDED, FIRST);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.run();
        assertThat(requests("setData")).isZero();
        connect(FIRST);
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void aWriteThatIsLostIsRepeated() throws Exception {
        registered();
        server.failNext("setData", Code.CONNECTIONLOSS, false);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.pass(Duration.ofSeconds(1));
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void changesInARowEndWithTheLast() throws Exception {
        registered();
        server.hold();
        for (String status : List.of("OUT_OF_SERVICE", "UP", "STARTING")) {
            registration.setStatus(status);
            node.change();
            lane.run();
        }
        assertThat(requests("setData")).isEqualTo(1);
        server.release();
        lane.run();
        assertThat(stored().status()).isEqualTo("STARTING");
        assertThat(requests("setData")).isEqualTo(2);
    }

    @Test
    void aPlainNodeIsNamedByTheIdAlone() {
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        connect(FIRST);
        assertThat(children()).containsExactly(SERVICE + "/5b0f-c1");
    }

    @Test
    void aPlainNodeOfAFormerSessionGivesWay() {
        put("5b0f-c1", "5b0f-c1", "host-1", 8040);
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofMillis(1));
        assertThat(server.stat(SERVICE + "/5b0f-c1").getEphemeralOwner()).isEqualTo(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void aPlainNodeOfSomebodyElseIsWaitedFor() {
        put("5b0f-c1", "5b0f-c1", "host-2", 8040);
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofMillis(150));
        assertThat(node.status().state()).isEqualTo(RegistrationState.CREATING);
        server.expire(SECOND);
        lane.pass(Duration.ofMinutes(1));
        assertThat(server.stat(SERVICE + "/5b0f-c1").getEphemeralOwner()).isEqualTo(FIRST);
    }

    @Test
    void aPlainCreationWithoutAnswerIsFoundAgain() {
        server.failNext("create", Code.CONNECTIONLOSS, true);
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofMillis(200));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void aSessionThatEndsWhileTheNodeIsCreatedLeavesOneNode() {
        node.start();
        server.beforeNext("create", server::hold);
        connect(FIRST);
        tell(Status.LOST, 0);
        connect(SECOND);
        server.release();
        lane.pass(Duration.ofSeconds(1));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).hasSize(1);
        assertThat(server.stat(children().get(0)).getEphemeralOwner()).isEqualTo(SECOND);
    }

    @Test
    void twoThatClaimToBeTheSameRemoveEachOtherOnlyOnce() {
        put("5b0f-c1-0000000777", "5b0f-c1", "host-1", 8040);
        registered();
        assertThat(children()).hasSize(1);
        put("5b0f-c1-0000000778", "5b0f-c1", "host-1", 8040);
        server.removeByOther(node.status().path());
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).as("that of the other is left alone").hasSize(2);
    }

    @Test
    void aPlainNodeThatIsTakenOverIsNotFoughtFor() {
        put("5b0f-c1", "5b0f-c1", "host-1", 8040);
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofMillis(1));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        server.removeByOther(SERVICE + "/5b0f-c1");
        put("5b0f-c1", "5b0f-c1", "host-1", 8040);
        lane.pass(Duration.ofMinutes(5));
        assertThat(server.stat(SERVICE + "/5b0f-c1").getEphemeralOwner()).isEqualTo(SECOND);
        server.expire(SECOND);
        lane.pass(Duration.ofMinutes(1));
        assertThat(server.stat(SERVICE + "/5b0f-c1").getEphemeralOwner()).isEqualTo(FIRST);
    }

    @Test
    void aChangeWhileTheSessionIsLostIsInTheNextNode() throws Exception {
        registered();
        server.hold();
        registration.setStatus("STARTING");
        node.change();
        lane.run();
        tell(Status.LOST, 0);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.run();
        server.expire(FIRST);
        connect(SECOND);
        server.release();
        lane.pass(Duration.ofSeconds(5));
        assertThat(children()).hasSize(1);
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void everyAttemptIsObserved() {
        server.failNext("create", Code.OPERATIONTIMEOUT, false);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofSeconds(1));
        node.stop();
        lane.run();
        assertThat(observed).containsExactly("REGISTER orders failed", "REGISTER orders", "DEREGISTER orders");
    }

    @Test
    void aCreationWithoutAnswerIsFoundOnAServerThatIsBehind() {
        server.fallBehind();
        server.failNext("create", Code.CONNECTIONLOSS, true);
        node.start();
        connect(FIRST);
        lane.pass(Duration.ofMillis(200));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(children()).hasSize(1);
    }

    @Test
    void leftoversGoAlsoWhenTheConnectionBreaksAsTheNodeIsCreated() {
        put("5b0f-c1-0000000777", "5b0f-c1", "host-1", 8040);
        node.start();
        server.beforeNext("create", server::hold);
        connect(FIRST);
        tell(Status.SUSPENDED, FIRST);
        server.release();
        lane.run();
        assertThat(node.status().state()).isEqualTo(RegistrationState.UNCERTAIN);
        connect(FIRST);
        assertThat(children()).singleElement().isEqualTo(node.status().path());
    }

    @Test
    void aRefusedWriteIsAProblemUntilOneSucceeds() throws Exception {
        registered();
        server.failNext("setData", Code.NOAUTH, false);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.run();
        assertThat(node.status().problem()).contains("NoAuth");
        registration.setStatus("STARTING");
        node.change();
        lane.run();
        assertThat(stored().status()).isEqualTo("STARTING");
        assertThat(node.status().problem()).isNull();
    }

    @Test
    void aNodeIsWatchedAlsoWhenItMustNotBeWritten() {
        registered();
        String path = children().get(0);
        server.hold();
        server.failNext("setData", Code.NOAUTH, false);
        node.change();
        lane.run();
        server.writeByOther(path, new byte[] {1});
        lane.run();
        server.release();
        lane.run();
        server.removeByOther(path);
        lane.pass(Duration.ofSeconds(1));
        assertThat(children()).singleElement().isNotEqualTo(path);
    }

    @Test
    void oneWatcherIsSetHoweverOftenTheConnectionBreaks() {
        registered();
        for (int i = 0; i < 10; i++) {
            tell(Status.SUSPENDED, FIRST);
            connect(FIRST);
        }
        assertThat(server.watchersOf(node.status().path())).isEqualTo(1);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNodeOfASessionThatIsNotToldYetIsFoundWhenItIs() {
        node.start();
        server.session(SECOND);
        tell(Status.CONNECTED, FIRST);
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).as("however late it is told").hasSize(1);
        assertThat(node.status().state()).isEqualTo(RegistrationState.UNCERTAIN);
        connect(SECOND);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).hasSize(1);
    }

    @Test
    void aWriteThatFailsAgainAndAgainIsRepeatedLaterAndLater() throws Exception {
        registered();
        server.failNext("setData", Code.QUOTAEXCEEDED, false);
        server.failNext("setData", Code.QUOTAEXCEEDED, false);
        registration.setStatus("OUT_OF_SERVICE");
        node.change();
        lane.pass(Duration.ofMillis(199));
        assertThat(requests("setData")).isEqualTo(1);
        assertThat(node.status().problem()).contains("Quota");
        lane.pass(Duration.ofMillis(400));
        assertThat(requests("setData")).isEqualTo(2);
        lane.pass(Duration.ofMillis(1));
        assertThat(stored().status()).isEqualTo("OUT_OF_SERVICE");
        assertThat(node.status().problem()).isNull();
    }

    @Test
    void looksThatFailedDoNotDelayALaterCreation() {
        registered();
        for (int i = 0; i < 5; i++) {
            tell(Status.SUSPENDED, FIRST);
            server.failNext("exists", Code.OPERATIONTIMEOUT, false);
            connect(FIRST);
            lane.pass(Duration.ofSeconds(10));
            assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        }
        tell(Status.LOST, 0);
        server.failNext("create", Code.OPERATIONTIMEOUT, false);
        connect(SECOND);
        lane.pass(Duration.ofMillis(200));
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void anObserverThatFailsPreventsNothing() {
        for (RegistrationObserver failing : List.<RegistrationObserver>of(
                (operation, service) -> {
                    throw new IllegalStateException("on purpose");
                },
                (operation, service) -> {
                    throw new NoClassDefFoundError("on purpose");
                },
                (operation, service) -> failure -> {
                    throw new IllegalStateException("on purpose");
                })) {
            node = node(NodeType.SEQUENTIAL, StaleInstancePolicy.SAME_ADDRESS, failing);
            registered();
            var stopped = node.stop();
            lane.run();
            assertThat(stopped).isCompleted();
            assertThat(children()).isEmpty();
        }
    }
}
