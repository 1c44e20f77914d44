package io.quorate.cloud.zk.registry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells the registration on which port the web server listens. Apart from the rest, as not every application has one.
 */
public final class WebServerPort implements ApplicationListener<WebServerInitializedEvent> {

    private final ZkRegistration registration;
    private final Environment environment;

    public WebServerPort(ZkRegistration registration, Environment environment) {
        this.registration = registration;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        // A server with a namespace is that of the management endpoints.
        if (!StringUtils.hasText(event.getApplicationContext().getServerNamespace())) {
            Ssl ssl = Binder.get(environment).bind("server.ssl", Ssl.class).orElse(null);
            registration.bind(event.getWebServer().getPort(), Ssl.isEnabled(ssl));
        }
    }
}
