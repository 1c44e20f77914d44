package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ZkConnection.Status;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.NodeType;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.StaleInstancePolicy;
import java.time.Duration;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** How the node is removed for good, whatever was on its way. */
final class NodeRemovalTest extends RegistrationNodeFixture {

    @Test
    void aStopRemovesTheNodeForGood() {
        registered();
        assertThat(node.stop()).isNotDone();
        lane.run();
        assertThat(children()).isEmpty();
        assertThat(node.stop()).isCompleted();
        connect(SECOND);
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).isEmpty();
        assertThat(node.status().state()).isEqualTo(RegistrationState.CLOSED);
    }

    @Test
    void aCreationThatEndsAfterTheStopIsRemoved() {
        node.start();
        server.beforeNext("create", server::hold);
        connect(FIRST);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isNotDone();
        server.release();
        lane.run();
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aStopBeforeAnythingHappenedIsDoneAtOnce() {
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aRemovalThatLosesItsConnectionIsRepeatedWithTheNext() {
        registered();
        server.failNext("delete", Code.CONNECTIONLOSS, false);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isNotDone();
        assertThat(children()).hasSize(1);
        tell(Status.SUSPENDED, FIRST);
        connect(FIRST);
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aSessionThatEndsDuringTheRemovalTakesTheNodeAlong() {
        registered();
        server.hold();
        var stopped = node.stop();
        lane.run();
        server.failNext("delete", Code.SESSIONEXPIRED, false);
        tell(Status.LOST, 0);
        server.expire(FIRST);
        server.release();
        connect(SECOND);
        assertThat(stopped).isCompleted();
        assertThat(children()).isEmpty();
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).as("removed for good").isEmpty();
    }

    @Test
    void aStopWithoutConnectionEndsWithTheSession() {
        registered();
        tell(Status.SUSPENDED, FIRST);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isNotDone();
        assertThat(requests("delete")).isZero();
        tell(Status.LOST, 0);
        server.expire(FIRST);
        connect(SECOND);
        assertThat(stopped).isCompleted();
    }

    @Test
    void aCreationWithoutAnswerIsRemovedWhenItWasStoppedMeanwhile() {
        node.start();
        server.failNext("create", Code.CONNECTIONLOSS, true);
        server.beforeNext("create", server::hold);
        connect(FIRST);
        var stopped = node.stop();
        lane.run();
        server.release();
        lane.run();
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aCreationWithoutAnswerIsRemovedByAStopInThePauseBehindIt() {
        server.failNext("create", Code.CONNECTIONLOSS, true);
        node.start();
        connect(FIRST);
        assertThat(children()).hasSize(1);
        var stopped = node.stop();
        lane.pass(Duration.ofMinutes(1));
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aRemovalThatIsRefusedForNowIsTriedAgain() {
        registered();
        server.failNext("delete", Code.REQUESTTIMEOUT, false);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isNotDone();
        lane.pass(Duration.ofSeconds(1));
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aRemovalThatIsForbiddenIsLeftToTheSession() {
        registered();
        server.failNext("delete", Code.NOAUTH, false);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isCompleted();
        assertThat(children()).hasSize(1);
    }

    @Test
    void aNodeOfASessionThatIsNotToldYetIsRemoved() {
        node.start();
        server.session(SECOND);
        tell(Status.CONNECTED, FIRST);
        assertThat(children()).hasSize(1);
        server.failNext("delete", Code.REQUESTTIMEOUT, false);
        var stopped = node.stop();
        lane.run();
        assertThat(stopped).isNotDone();
        lane.pass(Duration.ofSeconds(1));
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }

    @Test
    void aPlainNodeThatSomebodyHasSinceItsSessionEndedStays() {
        node = node(NodeType.PLAIN, StaleInstancePolicy.SAME_ADDRESS);
        node.start();
        server.beforeNext("create", server::hold);
        connect(FIRST);
        var stopped = node.stop();
        tell(Status.LOST, 0);
        server.expire(FIRST);
        put("5b0f-c1", "5b0f-c1", "host-1", 8040);
        connect(0x33);
        server.release();
        lane.run();
        assertThat(stopped).isCompleted();
        assertThat(server.stat(SERVICE + "/5b0f-c1").getEphemeralOwner()).isEqualTo(SECOND);
    }

    @Test
    void nothingIsCreatedAfterAStopNotEvenInASessionThatIsNotKnownYet() {
        node.start();
        server.hold();
        connect(FIRST);
        var stopped = node.stop();
        lane.run();
        server.session(SECOND);
        server.failNext("create", Code.CONNECTIONLOSS, true);
        server.release();
        lane.run();
        connect(SECOND);
        lane.pass(Duration.ofMinutes(1));
        assertThat(requests("create")).isZero();
        assertThat(children()).isEmpty();
        assertThat(stopped).isCompleted();
    }
}
