package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.mock.env.MockEnvironment;

final class ImportCheckTest {

    private final DefaultBootstrapContext bootstrap = new DefaultBootstrapContext();
    private final MockEnvironment environment = new MockEnvironment();

    private void check() {
        new ImportCheck(destination -> destination.get(), bootstrap)
                .postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void anApplicationThatSaysNothingOfConfigurationNeedsNoImport() {
        environment.setProperty("spring.cloud.zookeeper.connect-string", "h:1");
        environment.setProperty(ZkConfigProperties.PREFIX + ".enabled", "true");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aPropertyThatHasNoEffectIsNamed() {
        environment.setProperty(ZkConfigProperties.PREFIX + ".root", "team");
        assertThatThrownBy(this::check)
                .isInstanceOf(MissingImportException.class)
                .hasMessageContaining(ZkConfigProperties.PREFIX + ".root");
    }

    @Test
    void anImportSatisfiesIt() {
        environment.setProperty(ZkConfigProperties.PREFIX + ".root", "team");
        ZkConfigImports.of(bootstrap).note();
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void itCanBeSwitchedOff() {
        environment.setProperty(ZkConfigProperties.PREFIX + ".root", "team");
        for (String off : new String[] {"import-check.enabled", "enabled"}) {
            MockEnvironment switched = new MockEnvironment();
            switched.setProperty(ZkConfigProperties.PREFIX + ".root", "team");
            switched.setProperty(ZkConfigProperties.PREFIX + "." + off, "false");
            assertThatCode(() -> new ImportCheck(destination -> destination.get(), bootstrap)
                            .postProcessEnvironment(switched, new SpringApplication()))
                    .doesNotThrowAnyException();
        }
    }
}
