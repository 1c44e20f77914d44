package io.quorate.cloud.zk.aot;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.json.JsonParserFactory;

/**
 * An application that uses everything, processed ahead of time where there is no server, and then started with what was
 * generated. What a native image consists of, as far as a Java virtual machine can run it.
 */
@ZkTest
final class AheadOfTimeIT {

    private static final Duration START = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What decides about beans, and so must be said both times. */
    private static final List<String> BOTH_TIMES = List.of(
            "--spring.application.name=whole",
            "--spring.config.import=zookeeper:",
            "--spring.main.banner-mode=off",
            "--server.port=0",
            "--management.server.port=0",
            "--management.server.address=127.0.0.1",
            "--management.endpoints.web.exposure.include=*",
            "--spring.cloud.loadbalancer.eager-load.clients=whole",
            "--spring.cloud.zookeeper.discovery.publish-load=true",
            "--spring.cloud.zookeeper.discovery.register-management=true",
            "--spring.cloud.zookeeper.discovery.health-group=readiness",
            "--management.endpoint.health.probes.enabled=true");

    @TempDir
    static Path directory;

    private static CuratorFramework client;
    private static Process process;
    private static URI home;
    private static URI management;

    @BeforeAll
    static void processAndStart(ZkServer server) throws Exception {
        client = server.client();
        put("/config/whole/greeting.text", "hello");
        ProcessedApplication processed = ProcessedApplication.of(
                WholeApplication.class,
                with(
                        "--spring.cloud.zookeeper.connect-string=127.0.0.1:1",
                        "--spring.cloud.zookeeper.startup-wait=0s",
                        "--spring.cloud.zookeeper.config.fail-fast=false"),
                directory);
        process = processed.start(
                with(
                        "--spring.cloud.zookeeper.connect-string=" + server.connectString(),
                        "--spring.cloud.zookeeper.discovery.instance-id=w-1",
                        "--spring.cloud.zookeeper.discovery.instance-host=127.0.0.1"),
                directory.resolve("output.txt"));
        home = awaitRegistered("whole");
        management = awaitRegistered("whole:management");
    }

    private static List<String> with(String... more) {
        return Stream.concat(BOTH_TIMES.stream(), Stream.of(more)).toList();
    }

    private static void put(String path, String value) throws Exception {
        client.create().orSetData().creatingParentsIfNeeded().forPath(path, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the only instance of a service is, as its node says. */
    private static URI awaitRegistered(String service) throws Exception {
        String parent = "/services/" + service;
        await().atMost(START).until(() -> {
            assertThat(process.isAlive()).as(AheadOfTimeIT::output).isTrue();
            return client.checkExists().forPath(parent) != null
                    && client.getChildren().forPath(parent).size() == 1;
        });
        String node = client.getChildren().forPath(parent).get(0);
        Map<String, Object> instance = JsonParserFactory.getJsonParser()
                .parseMap(new String(client.getData().forPath(parent + "/" + node), StandardCharsets.UTF_8));
        return URI.create("http://" + instance.get("address") + ":" + instance.get("port"));
    }

    private static String output() {
        try {
            return Files.readString(directory.resolve("output.txt"));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private static String get(URI at, String path) throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(at.resolve(path)).timeout(Patience.LIMIT).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(() -> path + ": " + output()).isEqualTo(200);
        return response.body();
    }

    private static void awaitAnswer(String path, String answer) {
        await().untilAsserted(() -> assertThat(get(home, path)).isEqualTo(answer));
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void itWasProcessedAheadOfTime() {
        assertThat(output()).contains("Starting AOT-processed WholeApplication");
    }

    @Test
    void itIsFoundAndCalled() {
        awaitAnswer("/instances/whole", "[\"w-1\"]");
        awaitAnswer("/call/whole", "hello");
    }

    @Test
    void itsConfigurationIsReadAndRefreshed() throws Exception {
        assertThat(get(home, "/greeting")).isEqualTo("hello");
        put("/config/whole/greeting.text", "good evening");
        awaitAnswer("/greeting", "good evening");
        put("/config/whole/greeting.text", "hello");
        awaitAnswer("/greeting", "hello");
    }

    @Test
    void itLeadsAndLocks() throws Exception {
        awaitAnswer("/leads", "true");
        assertThat(get(home, "/locks")).isEqualTo("true");
    }

    @Test
    void theEndpointsTellOfIt() {
        // It knows itself that it is registered and leads a moment after the server does.
        await().untilAsserted(AheadOfTimeIT::theEndpointsTell);
    }

    private static void theEndpointsTell() throws Exception {
        assertThat(get(management, "/actuator/zookeeper"))
                .contains("\"state\":\"CONNECTED\"", "\"leading\":true", "\"state\":\"REGISTERED\"", "greeting.text");
        assertThat(get(management, "/actuator/health")).contains("\"status\":\"UP\"");
        assertThat(get(management, "/actuator/info")).contains(WholeApplication.ROLE);
        assertThat(get(management, "/actuator/metrics/zk.connection.state")).contains("zk.connection.state");
    }
}
