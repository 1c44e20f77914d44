package io.quorate.cloud.zk.autoconfigure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What this application calls itself in queues: the id that it is registered under, so that people find it there, or
 * otherwise its name, host and process. Asked for late, when a registration can be complete.
 */
final class InstanceIdentity implements Supplier<String> {

    private static final String UNKNOWN_HOST = "localhost";

    private final @Nullable String configured;
    private final ObjectProvider<Registration> registrations;
    private final ObjectProvider<InetUtils> hosts;
    private final Environment environment;
    private volatile @Nullable String id;

    /** @param configured wins over everything else */
    InstanceIdentity(
            @Nullable String configured,
            ObjectProvider<Registration> registrations,
            ObjectProvider<InetUtils> hosts,
            Environment environment) {
        this.configured = configured;
        this.registrations = registrations;
        this.hosts = hosts;
        this.environment = environment;
    }

    @Override
    public String get() {
        String known = id;
        if (known == null) {
            known = find();
            id = known;
        }
        return known;
    }

    private String find() {
        if (StringUtils.hasText(configured)) {
            return configured;
        }
        Registration registration = registrations.getIfUnique();
        String registered = registration == null ? null : registration.getInstanceId();
        return StringUtils.hasText(registered)
                ? registered
                : environment.getProperty("spring.application.name", "application") + "-" + host()
                        + ProcessHandle.current().pid();
    }

    /** In containers every application is the first process. */
    private String host() {
        InetUtils known = hosts.getIfAvailable();
        if (known == null) {
            return "";
        }
        InetUtils.HostInfo host = known.findFirstNonLoopbackHostInfo();
        // What it is called where nobody answers in time is the same everywhere.
        return (host.getHostname().equals(UNKNOWN_HOST) ? host.getIpAddress() : host.getHostname()) + "-";
    }
}
