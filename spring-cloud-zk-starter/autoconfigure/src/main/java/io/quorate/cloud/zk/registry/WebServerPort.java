package io.quorate.cloud.zk.registry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells registrations on which ports the web servers listen. Apart from the rest, as not every application has one.
 */
public final class WebServerPort implements ApplicationListener<WebServerInitializedEvent> {

    private final OwnInstances instances;
    private final Environment environment;

    public WebServerPort(OwnInstances instances, Environment environment) {
        this.instances = instances;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        // A server with a namespace is not the application's.
        String namespace = event.getApplicationContext().getServerNamespace();
        int port = event.getWebServer().getPort();
        if (namespace != null && namespace.equals("management")) {
            instances.managementListening(port, isSecure("management.server.ssl"));
        } else if (!StringUtils.hasText(namespace)
                && event.getApplicationContext() instanceof ConfigurableApplicationContext context) {
            instances.listening(context, port, isSecure("server.ssl"));
        }
    }

    private boolean isSecure(String properties) {
        return Ssl.isEnabled(Binder.get(environment).bind(properties, Ssl.class).orElse(null));
    }
}
