package io.quorate.app.failure;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** What is wrong with the description of an ensemble, on which lines, and how to mend it. */
final class EnsembleRefusedAnalyzer extends AbstractFailureAnalyzer<EnsembleRefused> {

    private final Environment environment;

    EnsembleRefusedAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EnsembleRefused failure) {
        StringBuilder description = new StringBuilder("The server cannot take its place in an ensemble: ")
                .append(failure.problem())
                .append('.');
        for (String property : failure.properties()) {
            for (String line : asWritten(ConfigurationPropertyName.of(property)).values()) {
                description.append(System.lineSeparator()).append("    ").append(line);
            }
        }
        return new FailureAnalysis(description.toString(), failure.remedy(), failure);
    }

    /** The property itself, or its entries: as somebody wrote them, each with its place, in the order of names. */
    private Map<String, String> asWritten(ConfigurationPropertyName wanted) {
        Map<String, String> lines = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty exact = source.getConfigurationProperty(wanted);
            if (exact != null) {
                lines.putIfAbsent("", line(wanted.toString(), exact));
            }
            if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream().filter(wanted::isParentOf).forEach(name -> {
                    ConfigurationProperty entry = listed.getConfigurationProperty(name);
                    if (entry != null) {
                        String key = name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
                        lines.putIfAbsent(key, line(wanted + "[" + key + "]", entry));
                    }
                });
            }
        }
        return lines;
    }

    private static String line(String name, ConfigurationProperty property) {
        return name + "=" + property.getValue()
                + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
    }
}
