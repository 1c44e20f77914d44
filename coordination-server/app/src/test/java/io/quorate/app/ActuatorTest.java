package io.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints over HTTP, of a server that runs. */
class ActuatorTest {

    @TempDir
    static Path directory;

    private static ConfigurableApplicationContext context;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(CoordinationServerApplication.class)
                .registerShutdownHook(false)
                .run(
                        "--server.port=0",
                        "--coordination.client-port=0",
                        "--coordination.client-port-address=127.0.0.1",
                        "--coordination.server-id=7",
                        "--coordination.data-dir=" + directory);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }

    @ParameterizedTest
    @CsvSource({"startup, recovery", "liveness, livenessState", "readiness, quorum", "readiness, readinessState"})
    void eachHealthGroupHasItsPartsAndIsUp(String group, String part) throws Exception {
        JsonNode health = json("health/" + group);

        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("components").get(part).get("status").asString()).isEqualTo("UP");
    }

    @Test
    void livenessDoesNotDependOnTheQuorum() throws Exception {
        assertThat(json("health/liveness").get("components").propertyNames()).containsExactly("livenessState");
    }

    @Test
    void readinessExplainsItself() throws Exception {
        JsonNode details =
                json("health/readiness").get("components").get("quorum").get("details");

        assertThat(details.get("role").asString()).isEqualTo("STANDALONE");
        assertThat(details.get("zxid").asString()).startsWith("0x");
        assertThat(details.get("acceptsWrites").asBoolean()).isTrue();
    }

    @Test
    void quorumHasExactlyItsFields() throws Exception {
        JsonNode quorum = json("quorum");

        assertThat(quorum.propertyNames())
                .containsExactly("serverId", "role", "epoch", "zxid", "leaderId", "voters", "observers");
        assertThat(quorum.get("serverId").asInt()).isEqualTo(7);
        assertThat(quorum.get("role").asString()).isEqualTo("STANDALONE");
        assertThat(quorum.get("voters").toString()).isEqualTo("[7]");
        assertThat(quorum.get("observers").toString()).isEqualTo("[]");
    }

    @Test
    void infoAnswers() throws Exception {
        assertThat(get("info").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "znode_count 5.0",
                "watch_count 0.0",
                "ephemerals_count 0.0",
                "approximate_data_size ",
                "num_alive_connections 0.0",
                "outstanding_requests 0.0",
                "packets_received 0.0",
                "packets_sent 0.0",
                "readlatency{quantile=\"0.99\"} NaN",
                "updatelatency_count 0.0",
                "fsynctime_count ",
                "fsync_threshold_exceed_count ",
                "throttled_ops 0.0",
                "coordination_watches_refused 0.0",
                "coordination_replies_refused 0.0",
                "coordination_identities_refused 0.0",
                "jvm_memory_used_bytes{",
                "process_cpu_usage "
            })
    void metricsHaveZooKeepersNames(String line) throws Exception {
        HttpResponse<String> response = get("prometheus");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines()).anyMatch(actual -> actual.startsWith(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "configprops", "beans", "heapdump", "threaddump", "loggers", "shutdown"})
    void nothingElseIsExposed(String endpoint) throws Exception {
        assertThat(get(endpoint).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyLoopbackIsBound() {
        assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
    }
}
