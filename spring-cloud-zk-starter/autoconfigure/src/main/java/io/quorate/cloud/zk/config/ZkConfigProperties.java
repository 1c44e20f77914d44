package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ConfigFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where configuration lies and how it is followed. Where it lies is read before anything is imported, so what is
 * imported cannot change that.
 *
 * @param enabled Whether zookeeper: and zk: imports are read. If not, they import nothing.
 * @param root Path of the node that holds all contexts. A leading slash is optional.
 * @param name Name of the application's own context. Default: spring.application.name, else application.
 * @param defaultContext Name of the context that all applications share.
 * @param profileSeparator Stands between the name of a context and a profile.
 * @param failFast Whether an import that cannot be read stops the start. If not, every import is taken as optional.
 * @param format How configuration is stored in nodes.
 * @param dataKey Name of the child of a context that holds the document, with format properties or yaml.
 * @param keyPrefix Put in front of every key that is imported.
 * @param importCheck Check for a forgotten import.
 * @param watcher Spring Cloud Zookeeper's name of the switch refresh.enabled.
 * @param retry Repeated attempts of an import that is not optional.
 * @param refresh How changes reach the running application.
 */
@ConfigurationProperties(ZkConfigProperties.PREFIX)
public record ZkConfigProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("config") String root,
        @Nullable String name,
        @DefaultValue("application") String defaultContext,
        @DefaultValue(",") String profileSeparator,
        @DefaultValue("true") boolean failFast,
        @DefaultValue("key-value") ConfigFormat format,
        @DefaultValue("data") String dataKey,
        @DefaultValue("") String keyPrefix,
        @DefaultValue ImportCheck importCheck,
        @DefaultValue Watcher watcher,
        @DefaultValue Retry retry,
        @DefaultValue Refresh refresh) {

    /** Prefix of the properties. */
    public static final String PREFIX = "spring.cloud.zookeeper.config";

    /**
     * Check for a forgotten import.
     *
     * @param enabled Whether the start fails if properties of this prefix are set but nothing is imported.
     */
    public record ImportCheck(@DefaultValue("true") boolean enabled) {}

    /**
     * Spring Cloud Zookeeper's name of a switch.
     *
     * @param enabled Whether changes are followed. The same as refresh.enabled; either of them switches it off.
     */
    public record Watcher(@DefaultValue("true") boolean enabled) {}

    /**
     * Repeated attempts of an import that is not optional, while the application starts.
     *
     * @param enabled Whether there is more than one attempt.
     * @param maxAttempts Attempts in all, the first included. At least 1.
     * @param initialInterval Pause after the first attempt.
     * @param multiplier Factor by which each pause is longer than the one before. At least 1.
     * @param maxInterval Longest pause.
     */
    public record Retry(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("6") int maxAttempts,
            @DefaultValue("1s") Duration initialInterval,
            @DefaultValue("1.5") double multiplier,
            @DefaultValue("10s") Duration maxInterval) {

        /** @throws IllegalArgumentException if a value is out of its range */
        public Retry {
            Assert.isTrue(maxAttempts >= 1, PREFIX + ".retry.max-attempts must be at least 1");
            Assert.isTrue(multiplier >= 1, PREFIX + ".retry.multiplier must be at least 1");
            Assert.isTrue(initialInterval.toMillis() >= 1, PREFIX + ".retry.initial-interval must be at least 1ms");
            Assert.isTrue(
                    maxInterval.compareTo(initialInterval) >= 0,
                    PREFIX + ".retry.max-interval must not be shorter than initial-interval");
        }
    }

    /**
     * How changes reach the running application.
     *
     * @param enabled Whether changes are followed. The same as watcher.enabled; either of them switches it off.
     * @param quietPeriod A refresh waits until nothing has changed for so long, so that many writes give one refresh.
     * @param maxDelay A refresh waits no longer than this for writes to end.
     * @param maxJitter Random extra delay of up to this length, so that many instances do not refresh at one moment.
     * @param include Keys that may cause a refresh; an asterisk stands for any text. Default: all.
     * @param exclude Keys that alone cause no refresh; an asterisk stands for any text. Their values come with the next
     *     one.
     */
    public record Refresh(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("250ms") Duration quietPeriod,
            @DefaultValue("2s") Duration maxDelay,
            @DefaultValue("0") Duration maxJitter,
            @DefaultValue List<String> include,
            @DefaultValue List<String> exclude) {

        /** @throws IllegalArgumentException if a value is out of its range */
        public Refresh {
            Assert.isTrue(!quietPeriod.isNegative(), PREFIX + ".refresh.quiet-period must not be negative");
            Assert.isTrue(!maxJitter.isNegative(), PREFIX + ".refresh.max-jitter must not be negative");
            Assert.isTrue(
                    maxDelay.compareTo(quietPeriod) >= 0,
                    PREFIX + ".refresh.max-delay must not be shorter than quiet-period");
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }
}
