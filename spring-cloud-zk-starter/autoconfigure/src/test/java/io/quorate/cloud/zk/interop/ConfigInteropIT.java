package io.quorate.cloud.zk.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One tree gives an application the same values with Spring Cloud Zookeeper, which has a process of its own, and with
 * us.
 */
@ZkTest
final class ConfigInteropIT {

    private static final List<String> CONTEXTS = List.of(
            "application",
            "application,default",
            "application,dev",
            "application,eu",
            "orders",
            "orders,default",
            "orders,dev",
            "orders,eu");
    private static final List<String> PROFILES = List.of("", "dev", "dev,eu");

    private final ZkServer server;

    ConfigInteropIT(ZkServer server) {
        this.server = server;
    }

    /** A key for every two contexts shows which of them wins; every context also has one of its own. */
    private void writeTree() throws Exception {
        for (String one : CONTEXTS) {
            put(one, "key/only/" + CONTEXTS.indexOf(one), one);
            for (String other : CONTEXTS) {
                put(one, "key/pair/" + pair(one, other), one);
            }
            put(one, "key/local/" + CONTEXTS.indexOf(one), one);
            put(one, "key/local-dev/" + CONTEXTS.indexOf(one), one);
        }
        put("orders", "key/empty", "");
        put("orders", "key/parent", "value");
        put("orders", "key/parent/child", "é");
        put("orders", "key/dotted.name", "1");
    }

    private static String pair(String one, String other) {
        int low = Math.min(CONTEXTS.indexOf(one), CONTEXTS.indexOf(other));
        int high = Math.max(CONTEXTS.indexOf(one), CONTEXTS.indexOf(other));
        return low + "-" + high;
    }

    private void put(String context, String path, String value) throws Exception {
        server.client()
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath("/config/" + context + "/" + path, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeFiles(Path directory) throws IOException {
        StringBuilder local = new StringBuilder("spring.config.import=zookeeper:\n");
        StringBuilder dev = new StringBuilder();
        for (int i = 0; i < CONTEXTS.size(); i++) {
            local.append("key.local.").append(i).append("=local\n");
            dev.append("key.local-dev.").append(i).append("=local-dev\n");
        }
        Files.writeString(directory.resolve("application.properties"), local);
        Files.writeString(directory.resolve("application-dev.properties"), dev);
    }

    private List<String> applications(Path directory) {
        List<String> applications = new ArrayList<>();
        for (String profiles : PROFILES) {
            String common = "--spring.application.name=orders --spring.cloud.zookeeper.connect-string="
                    + server.connectString() + (profiles.isEmpty() ? "" : " --spring.profiles.active=" + profiles);
            applications.add(common + " --spring.config.import=zookeeper:");
            applications.add(common + " --spring.config.location=" + directory + "/");
        }
        return applications;
    }

    @BeforeEach
    void clear() throws Exception {
        if (server.client().checkExists().forPath("/config") != null) {
            server.client().delete().deletingChildrenIfNeeded().forPath("/config");
        }
    }

    @Test
    void everyKeyHasTheSameValue(@TempDir Path directory) throws Exception {
        writeTree();
        writeFiles(directory);
        List<String> applications = applications(directory);
        List<String> theirs = answers(output(theirJars() + File.pathSeparator + withoutUs(), applications));
        assertThat(theirs).hasSameSizeAs(applications);
        for (int i = 0; i < applications.size(); i++) {
            String ours =
                    EnvironmentProgram.values(applications.get(i).split(" ")).toString();
            assertThat(ours).contains("key.only.4=orders", "key.parent.child=é");
            assertThat(ours.replace("OriginTrackedMapPropertySource", "ZookeeperPropertySource"))
                    .as(applications.get(i))
                    .isEqualTo(theirs.get(i));
        }
    }

    @Test
    void withBothLibrariesTheSharedPrefixIsTheirs() throws Exception {
        put("orders", "key/a", "1");
        String common = "--spring.application.name=orders --spring.cloud.zookeeper.connect-string="
                + server.connectString() + " --spring.config.import=";
        List<String> output = output(
                theirJars() + File.pathSeparator + System.getProperty("java.class.path"),
                List.of(
                        common + "zookeeper:",
                        common + "zk: --spring.cloud.zookeeper.config.import-check.enabled=false"));
        assertThat(answers(output))
                .containsExactly(
                        "{key.a=1, read by=ZookeeperPropertySource}",
                        "{key.a=1, read by=OriginTrackedMapPropertySource}");
        assertThat(output.stream().filter(line -> line.contains("are left to Spring Cloud Zookeeper")))
                .hasSize(2)
                .allMatch(line -> line.contains("spring-cloud-zookeeper-config-") && line.contains("'zk:'"));
    }

    private static List<String> answers(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith(EnvironmentProgram.ANSWER))
                .map(line -> line.substring(EnvironmentProgram.ANSWER.length()))
                .toList();
    }

    /** What the program says with this class path. */
    private static List<String> output(String classPath, List<String> applications) throws Exception {
        Path output = Files.createTempFile("environment", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspring.docker.compose.enabled=false",
                "-cp",
                classPath,
                EnvironmentProgram.class.getName()));
        command.addAll(applications);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            List<String> lines = Files.readAllLines(output);
            assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String theirJars() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "spring-cloud-zookeeper"))) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** Everything that this test has but our classes. */
    private static String withoutUs() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !isOurs(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOurs(Path entry) {
        return Files.exists(entry.resolve("io/quorate/cloud/zk/config/ZkConfigImports.class"))
                || entry.getFileName().toString().startsWith("spring-cloud-zk-autoconfigure");
    }
}
