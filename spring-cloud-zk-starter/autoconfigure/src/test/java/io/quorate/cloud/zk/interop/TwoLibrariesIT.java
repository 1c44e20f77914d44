package io.quorate.cloud.zk.interop;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.lock.DistributedLocks;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Both libraries in one application, whichever stands first in its dependencies: Spring Cloud Zookeeper registers it,
 * finds others and reads {@code zookeeper:}; ours reads {@code zk:}, elects and locks.
 */
@ZkTest
final class TwoLibrariesIT {

    private static final Duration START = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final ZkServer server;

    TwoLibrariesIT(ZkServer server) {
        this.server = server;
    }

    /** What only ours has. */
    @Configuration(proxyBeanMethods = false)
    @Import(EitherApplication.Beans.class)
    public static class Both {

        public static void main(String[] arguments) {
            SpringApplication.run(Both.class, arguments);
        }

        /** Found as a member of the configuration. */
        @RestController
        static class Ours {

            private final LeaderElections elections;
            private final DistributedLocks locks;
            private final String imported;

            Ours(LeaderElections elections, DistributedLocks locks, @Value("${imported:none}") String imported) {
                this.elections = elections;
                this.locks = locks;
                this.imported = imported;
            }

            @GetMapping("/leads")
            boolean leads() {
                return elections.role("billing").isLeader();
            }

            @GetMapping("/locks")
            boolean locks() throws Exception {
                return locks.withLock("shelf", Patience.LIMIT, () -> true);
            }

            @GetMapping("/imported")
            String imported() {
                return imported;
            }
        }
    }

    private void put(String path, String value) throws Exception {
        server.client()
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath(path, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private static String get(URI home, String path, Path output) throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(home.resolve(path))
                        .timeout(Patience.LIMIT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(() -> path + ": " + text(output)).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theirsRegistersAndOursDoesTheRest(boolean theirsFirst) throws Exception {
        String name = theirsFirst ? "theirs-first" : "ours-first";
        put("/config/" + name + "/greeting", "hello");
        put("/extra/imported", "by ours");
        Path output = directory.resolve("output.txt");
        Process process = TheirLibrary.start(
                theirsFirst ? TheirLibrary.besideOurs() : TheirLibrary.behindOurs(),
                Both.class,
                List.of(
                        "--server.port=0",
                        "--spring.application.name=" + name,
                        "--spring.config.import=zookeeper:,zk:/extra",
                        "--spring.cloud.zookeeper.connect-string=" + server.connectString(),
                        "--spring.cloud.zookeeper.session-timeout=6000",
                        "--spring.cloud.zookeeper.leader.roles=billing",
                        "--spring.cloud.zookeeper.discovery.instance-id=b-1",
                        "--spring.cloud.zookeeper.discovery.instance-host=127.0.0.1"),
                output);
        try {
            URI home = awaitRegistered(name, process, output);
            await().untilAsserted(() -> assertThat(get(home, "/leads", output)).isEqualTo("true"));
            assertThat(get(home, "/locks", output)).isEqualTo("true");
            assertThat(get(home, "/greeting", output)).isEqualTo("hello");
            assertThat(get(home, "/imported", output)).isEqualTo("by ours");
            await().untilAsserted(() ->
                    assertThat(get(home, "/instances/" + name, output)).contains("\"id\":\"b-1\""));
            assertThat(children(name)).as("registered once, and by theirs").containsExactly("b-1");
            assertThat(text(output).lines().filter(line -> line.contains("Two libraries want to register")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "spring-cloud-zookeeper-discovery-");
            assertThat(text(output).lines().filter(line -> line.contains("are left to Spring Cloud Zookeeper")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "spring-cloud-zookeeper-config-");
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<String> children(String service) throws Exception {
        String path = "/services/" + service;
        return server.client().checkExists().forPath(path) == null
                ? List.of()
                : server.client().getChildren().forPath(path);
    }

    /** Where the instance is, as its node says. */
    private URI awaitRegistered(String service, Process process, Path output) throws Exception {
        await().atMost(START).until(() -> {
            assertThat(process.isAlive()).as(() -> text(output)).isTrue();
            return !children(service).isEmpty();
        });
        byte[] node = server.client()
                .getData()
                .forPath("/services/" + service + "/" + children(service).get(0));
        Map<String, Object> instance =
                JsonParserFactory.getJsonParser().parseMap(new String(node, StandardCharsets.UTF_8));
        return URI.create("http://" + instance.get("address") + ":" + instance.get("port"));
    }
}
