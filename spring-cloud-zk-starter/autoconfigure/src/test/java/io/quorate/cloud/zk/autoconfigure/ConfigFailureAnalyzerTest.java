package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Analyses what starts of applications really throw, as far as that needs no server. */
final class ConfigFailureAnalyzerTest {

    private static FailureAnalysis analysisOf(String... arguments) {
        SpringApplication application = new SpringApplication(ConfigFailureAnalyzerTest.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try {
            application.run(arguments).close();
        } catch (RuntimeException failed) {
            FailureAnalysis analysis = new ConfigFailureAnalyzer().analyze(failed);
            assertThat(analysis).as("analysis of " + failed).isNotNull();
            return analysis;
        }
        throw new AssertionError("the start should have failed");
    }

    @Test
    void aServerThatIsNotThereIsNamedWithTheRemedy() {
        FailureAnalysis analysis =
                analysisOf("--spring.config.import=zk:127.0.0.1:1", "--spring.cloud.zookeeper.startup-wait=50ms");
        assertThat(analysis.getDescription())
                .contains("'zk:127.0.0.1:1'", "no connection to 127.0.0.1:1", "50 ms", "refused");
        assertThat(analysis.getAction()).contains("optional:zk:127.0.0.1:1", "spring.cloud.zookeeper.connect-string");
    }

    @Test
    void aMalformedImportIsExplained() {
        FailureAnalysis analysis = analysisOf("--spring.config.import=zookeeper:host:port");
        assertThat(analysis.getDescription()).contains("'zookeeper:host:port'", "port");
        assertThat(analysis.getAction()).contains("zookeeper:host:port", "optional:");
    }

    @Test
    void aMissingImportIsExplained() {
        FailureAnalysis analysis = analysisOf("--spring.cloud.zookeeper.config.root=team");
        assertThat(analysis.getDescription()).contains("spring.cloud.zookeeper.config.root");
        assertThat(analysis.getAction()).contains("spring.config.import=zookeeper:", "import-check.enabled=false");
    }
}
