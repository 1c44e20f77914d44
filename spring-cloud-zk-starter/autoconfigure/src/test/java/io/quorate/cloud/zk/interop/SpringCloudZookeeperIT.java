package io.quorate.cloud.zk.interop;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.ZkDiscoveryClient;
import io.quorate.cloud.zk.discovery.ZkReactiveDiscoveryClient;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The same application twice at the same time: with our library here, with Spring Cloud Zookeeper in a process of its
 * own. Acceptance checks 5 and 6, and one key that changes under both.
 */
@ZkTest
final class SpringCloudZookeeperIT {

    private static final Duration START = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static ZkServer server;
    private static ConfigurableApplicationContext ours;
    private static Process theirs;
    /** Where each of the two answers. */
    private static URI ourHome;

    private static URI theirHome;

    @BeforeAll
    static void startBoth(ZkServer given) throws Exception {
        server = given;
        put("greeting", "hello");
        theirs = TheirLibrary.start(
                TheirLibrary.insteadOfOurs(),
                EitherApplication.class,
                List.of(arguments("theirs", "t-1", "zone=b")),
                directory.resolve("theirs.txt"));
        ours = EitherApplication.start(arguments("ours", "o-1", "zone=a"));
        ourHome = URI.create("http://127.0.0.1:" + ours.getEnvironment().getRequiredProperty("local.server.port"));
        DiscoveryClient discovery = ours.getBean(DiscoveryClient.class);
        await().atMost(START).until(() -> {
            assertThat(theirs.isAlive()).as(SpringCloudZookeeperIT::theirOutput).isTrue();
            return discovery.getInstances("theirs").size() == 1;
        });
        theirHome = discovery.getInstances("theirs").get(0).getUri();
    }

    private static String[] arguments(String name, String id, String metadata) {
        return new String[] {
            "--spring.application.name=" + name,
            "--spring.cloud.zookeeper.connect-string=" + server.connectString(),
            "--spring.cloud.zookeeper.discovery.instance-id=" + id,
            "--spring.cloud.zookeeper.discovery.metadata." + metadata
        };
    }

    private static String theirOutput() {
        try {
            return Files.readString(directory.resolve("theirs.txt"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void stopBoth() throws InterruptedException {
        if (ours != null) {
            ours.close();
        }
        if (theirs != null) {
            theirs.destroyForcibly();
            assertThat(theirs.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void put(String key, String value) throws Exception {
        server.client()
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath("/config/application/" + key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(URI home, String path) {
        return send(HttpRequest.newBuilder(home.resolve(path)).build());
    }

    private static void setStatus(URI home, String status) {
        send(HttpRequest.newBuilder(home.resolve("/status/" + status))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as(() -> request + ": " + answer.body() + "\n" + theirOutput())
                    .isEqualTo(200);
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What the application there sees of a service. */
    private static List<Object> seen(URI home, String service) {
        return JsonParserFactory.getJsonParser().parseList(get(home, "/instances/" + service));
    }

    private static void bothSee(String service, Map<String, Object> expected) {
        await().untilAsserted(() -> {
            assertThat(seen(ourHome, service)).as("what we see").containsExactly(expected);
            assertThat(seen(theirHome, service)).as("what they see").containsExactly(expected);
        });
    }

    private static Map<String, Object> instance(String service, String id, URI uri, Map<String, String> metadata) {
        return Map.of(
                "id",
                id,
                "service",
                service,
                "host",
                "127.0.0.1",
                "port",
                uri.getPort(),
                "secure",
                uri.getScheme().equals("https"),
                "uri",
                uri.toString(),
                "metadata",
                metadata);
    }

    @Test
    void theirConsumerFindsOurApplicationAndCallsIt() {
        bothSee("ours", instance("ours", "o-1", ourHome, Map.of("instance_status", "UP", "zone", "a")));
        assertThat(get(theirHome, "/call/ours")).isEqualTo("ours");
    }

    @Test
    void ourConsumerFindsTheirApplicationAndCallsIt() {
        bothSee("theirs", instance("theirs", "t-1", theirHome, Map.of("instance_status", "UP", "zone", "b")));
        assertThat(get(ourHome, "/call/theirs")).isEqualTo("theirs");
        List<ServiceInstance> blocking = ours.getBean(ZkDiscoveryClient.class).getInstances("theirs");
        assertThat(ours.getBean(ZkReactiveDiscoveryClient.class)
                        .getInstances("theirs")
                        .collectList()
                        .block(Patience.LIMIT))
                .isEqualTo(blocking);
    }

    @Test
    void anEncryptedInstanceOfOursIsOneForThem() {
        String port = "8443";
        ConfigurableApplicationContext sealed = TestApplication.named("sealed")
                .withoutWeb()
                .with(
                        "spring.cloud.zookeeper.discovery.instance-id=s-1",
                        "spring.cloud.zookeeper.discovery.instance-port=8080",
                        "spring.cloud.zookeeper.discovery.instance-ssl-port=" + port,
                        "spring.cloud.zookeeper.discovery.uri-spec={scheme}://{address}:{ssl-port}/api")
                .start();
        try {
            await().until(() -> !seen(theirHome, "sealed").isEmpty());
            bothSee(
                    "sealed",
                    instance(
                            "sealed",
                            "s-1",
                            URI.create("https://127.0.0.1:" + port + "/api"),
                            Map.of("instance_status", "UP")));
        } finally {
            sealed.close();
        }
    }

    @Test
    void whoIsOutOfServiceIsNotCalledByTheOther() {
        followsStatus(ourHome, "ours", theirHome);
        followsStatus(theirHome, "theirs", ourHome);
    }

    private static void followsStatus(URI provider, String service, URI consumer) {
        setStatus(provider, "OUT_OF_SERVICE");
        await().until(() -> get(consumer, "/call/" + service).startsWith("nobody"));
        setStatus(provider, "UP");
        await().until(() -> Objects.equals(get(consumer, "/call/" + service), service));
    }

    @Test
    void oneKeyThatChangesReachesBothWhileTheyRun() throws Exception {
        for (String text : List.of("good day", "good evening")) {
            assertThat(get(ourHome, "/greeting")).isNotEqualTo(text);
            assertThat(get(theirHome, "/greeting")).isNotEqualTo(text);
            put("greeting", text);
            await().until(() -> get(ourHome, "/greeting").equals(text));
            await().until(() -> get(theirHome, "/greeting").equals(text));
        }
    }
}
