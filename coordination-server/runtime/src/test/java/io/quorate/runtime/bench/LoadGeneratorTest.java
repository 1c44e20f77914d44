package io.quorate.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.kit.FreePorts;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoadGeneratorTest {

    private static final LoadOptions SMALL = new LoadOptions(3, 4, 10, 20, 20, 200, 0);

    @TempDir
    Path directory;

    private CoordinationServer server;
    private int nodesBefore;

    @BeforeEach
    void start() {
        server = CoordinationServer.start(ServerOptions.embedded(directory));
        nodesBefore = nodes();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<InetSocketAddress> servers() {
        return List.of(server.clientAddress());
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void everyWorkloadIsAnsweredWithoutErrorsAndLeavesNothingBehind(Workload workload) throws Exception {
        LoadResult result = LoadGenerator.measure(servers(), SMALL, workload);

        assertThat(result.operations()).isPositive();
        assertThat(result.errors()).isZero();
        assertThat(result.latencies().count()).isEqualTo(result.operations());
        assertThat(nodes()).isEqualTo(nodesBefore);
    }

    @Test
    void aRateIsHeldWhereTheServerHoldsIt() throws Exception {
        long begun = System.nanoTime();
        LoadResult result = LoadGenerator.measure(servers(), SMALL.withRate(500), Workload.SET);
        long elapsedNanos = System.nanoTime() - begun;

        assertThat(result.errors()).isZero();
        // Never more than came due since the load began, whatever the machine does meanwhile.
        assertThat(result.operations()).isPositive().isLessThanOrEqualTo(500 * (elapsedNanos / 1_000_000_000 + 1));
    }

    @Test
    void fillsWithAThousandNodesToAParent() throws Exception {
        try (LoadGenerator generator = new LoadGenerator(servers(), SMALL)) {
            assertThat(generator.fill(1500).operations()).isEqualTo(1500);
            assertThat(generator.fill(600).operations()).isEqualTo(600);
            // The root of the run, the keys, the parents, the children.
            assertThat(nodes()).isEqualTo(nodesBefore + 1 + 20 + 3 + 2100);
        }
        assertThat(nodes()).isEqualTo(nodesBefore);
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one());
        assertThatThrownBy(() -> LoadGenerator.measure(List.of(address), SMALL, Workload.GET))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining(String.valueOf(address.getPort()));
    }

    private int nodes() {
        return server.ask(replica -> replica.status().nodes()).join();
    }
}
