package io.quorate.cloud.zk.actuate;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.ScriptedConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

final class ZkHealthCheckTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final FakeServer server = new FakeServer();
    private final ScriptedConnection connection = new ScriptedConnection();

    ZkHealthCheckTest() {
        connection.connected(7);
    }

    private ZkHealthCheck check(Duration timeout) {
        return new ZkHealthCheck(connection, server, null, timeout, Clock.systemUTC());
    }

    private static Health ask(ZkHealthCheck check) throws Exception {
        return check.check().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aServerThatAnswersIsAskedWithEveryCall() throws Exception {
        ZkHealthCheck check = check(FOR_EVER);
        assertThat(ask(check).getStatus()).isEqualTo(Status.UP);
        assertThat(ask(check).getDetails()).doesNotContainKey("unansweredFor");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void nobodyWaitsForASilentServer() throws Exception {
        ZkHealthCheck check = check(FOR_EVER);
        server.hold();
        Health first = ask(check);
        assertThat(first.getStatus()).isEqualTo(Status.UP);
        assertThat(first.getDetails()).containsKey("unansweredFor");
        ask(check);
        assertThat(server.requests).as("not another one while one is under way").hasSize(1);
    }

    @Test
    void aServerThatStaysSilentIsDownUntilItAnswers() throws Exception {
        ZkHealthCheck check = check(Duration.ofMillis(300));
        server.hold();
        await().until(() -> ask(check).getStatus().equals(Status.DOWN));
        assertThat(ask(check).getDetails()).containsEntry("problem", "no answer within 300 ms");
        assertThat(server.requests).hasSize(1);
        server.release();
        assertThat(ask(check).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whatAnotherConnectionLeftUnansweredIsAskedAgain() throws Exception {
        ZkHealthCheck check = check(Duration.ofMillis(1));
        server.hold();
        await().until(() -> ask(check).getStatus().equals(Status.DOWN));
        connection.suspended();
        assertThat(ask(check).getDetails()).containsKey("staleFor");
        connection.connected(7);
        ask(check);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aRequestThatFailsSaysWhy() throws Exception {
        server.failNext("exists", Code.NOAUTH, false);
        Health health = ask(check(FOR_EVER));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("problem")).asString().contains("NoAuth");
    }
}
