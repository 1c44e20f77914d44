package io.quorate.app.failure;

import io.quorate.app.zookeeper.NearestName;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.validation.FieldError;

/**
 * A value of {@code coordination.*} that cannot be used: which property, where it is set, what it may be. Comes before
 * Boot's own analyzers, which would print secrets and know no remedy.
 */
final class BadPropertyAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("coordination");

    private final Environment environment;

    BadPropertyAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
        if (!PREFIX.equals(failure.getName()) && !PREFIX.isAncestorOf(failure.getName())) {
            return null;
        }
        if (failure.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
            return unknown(failure, unbound);
        }
        BindValidationException invalid = findCause(failure, BindValidationException.class);
        return invalid == null ? unreadable(failure) : outOfRange(failure, invalid);
    }

    private static FailureAnalysis unreadable(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        String name = failure.getName().toString();
        Class<?> type = failure.getTarget().getType().resolve(Object.class);
        Object value = property == null ? null : property.getValue();
        Origin origin = property == null ? null : property.getOrigin();
        return new FailureAnalysis(
                what(name, value, origin) + " is not " + ExpectedValue.of(type) + ".",
                "Correct the value, or remove the property to use its default.",
                failure);
    }

    private FailureAnalysis outOfRange(BindException failure, BindValidationException invalid) {
        String all = invalid.getValidationErrors().getAllErrors().stream()
                .filter(FieldError.class::isInstance)
                .map(FieldError.class::cast)
                .map(error -> outOfRange(invalid.getValidationErrors().getName(), error))
                .collect(Collectors.joining(System.lineSeparator()));
        return new FailureAnalysis(all, "Correct the value, or remove the property to use its default.", failure);
    }

    private String outOfRange(ConfigurationPropertyName parent, FieldError error) {
        String name = parent + "." + PropertyNames.dashed(error.getField());
        ConfigurationProperty set = find(ConfigurationPropertyName.of(name));
        Object value = set == null ? error.getRejectedValue() : set.getValue();
        return what(name, value, set == null ? null : set.getOrigin()) + " " + error.getDefaultMessage() + ".";
    }

    /** As somebody wrote it, with its origin. */
    private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static FailureAnalysis unknown(BindException failure, UnboundConfigurationPropertiesException unbound) {
        Set<String> known = PropertyNames.of(
                PREFIX.toString(), failure.getTarget().getType().resolve(Object.class));
        String description = unbound.getUnboundProperties().stream()
                .map(property ->
                        unknown(property, NearestName.of(property.getName().toString(), known)))
                .collect(Collectors.joining(System.lineSeparator()));
        return new FailureAnalysis(description, "Correct the name, or remove the property.", failure);
    }

    private static String unknown(ConfigurationProperty property, @Nullable String nearest) {
        return what(property.getName().toString(), property.getValue(), property.getOrigin())
                + " is not a property of this server"
                + (nearest == null ? "." : "; did you mean " + nearest + "?");
    }

    private static boolean isSecret(String name) {
        return name.contains("super-digest") || name.contains("password") && !name.contains("password-path");
    }

    private static String what(String name, @Nullable Object value, @Nullable Origin origin) {
        String shown = isSecret(name) ? "***" : String.valueOf(value);
        return name + "=" + shown + (origin == null ? "" : " (" + origin + ")");
    }
}
