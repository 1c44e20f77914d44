package io.quorate.cloud.zk.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where a customizer belongs when configuration is imported. */
final class CustomizerTooLateFailureAnalyzer extends AbstractFailureAnalyzer<CustomizerTooLateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CustomizerTooLateException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Register the ZkClientCustomizer in the bootstrap registry instead of declaring it as a bean, for"
                        + " example with SpringApplication.addBootstrapRegistryInitializer(registry ->"
                        + " registry.register(ZkClientCustomizer.class, context -> customizer)), or remove the import"
                        + " from spring.config.import.",
                cause);
    }
}
