package io.quorate.cloud.zk.registry;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells registrations on which ports the web servers listen. Apart from the rest, as not every application has one.
 */
public final class WebServerPort implements ApplicationListener<WebServerInitializedEvent> {

    private final ZkRegistration registration;
    private final @Nullable ManagementRegistration management;
    private final Environment environment;

    /** @param management null where the management port is not registered */
    public WebServerPort(
            ZkRegistration registration, @Nullable ManagementRegistration management, Environment environment) {
        this.registration = registration;
        this.management = management;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        // A server with a namespace is not the application's.
        String namespace = event.getApplicationContext().getServerNamespace();
        int port = event.getWebServer().getPort();
        if (!StringUtils.hasText(namespace)) {
            registration.bind(port, isSecure("server.ssl"));
        } else if (management != null && namespace.equals("management")) {
            management.bind(port, isSecure("management.server.ssl"));
        }
    }

    private boolean isSecure(String properties) {
        return Ssl.isEnabled(Binder.get(environment).bind(properties, Ssl.class).orElse(null));
    }
}
