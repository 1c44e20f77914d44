package io.quorate.cloud.zk.embedded;

import org.apache.zookeeper.client.ConnectStringParser;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * The server of one application, if it is to have one inside. It begins when configuration is about to be imported, or
 * at the latest when the environment is complete, and ends after all beans of the application. There is one in the
 * bootstrap context, where refreshes find it again. Thread-safe.
 */
public final class ApplicationServer implements AutoCloseable {

    static final String BEAN_NAME = "zkEmbeddedServer";

    private static final String SERVER_CLASS = "io.quorate.runtime.server.CoordinationServer";
    private static final String PREFIX = "spring.cloud.zookeeper";

    /** Whether a server may still be started: a refresh starts none. Guarded by this. */
    private boolean starting = true;
    /** Guarded by this. */
    private @Nullable RunningServer server;

    private ApplicationServer() {}

    /** That of the application that is being started or refreshed. */
    public static ApplicationServer of(ConfigurableBootstrapContext bootstrap) {
        if (!bootstrap.isRegistered(ApplicationServer.class)) {
            ApplicationServer created = new ApplicationServer();
            bootstrap.register(ApplicationServer.class, InstanceSupplier.of(created));
            bootstrap.addCloseListener(new HandOver(created));
        }
        return bootstrap.get(ApplicationServer.class);
    }

    /**
     * Where clients connect to it; it is started if it is to be and is not yet. Keeps the chroot of the connect string
     * whose place it takes.
     *
     * @param properties the environment as far as it is known
     * @param configured the connect string whose place it takes
     * @return null when the application has no server inside
     * @throws EmbeddedServerException when it cannot be started
     * @throws IllegalArgumentException when the configured connect string is malformed
     */
    public synchronized @Nullable String connectString(Binder properties, String configured) {
        ZkEmbeddedProperties wanted = properties.bindOrCreate(PREFIX, ZkEmbeddedProperties.class);
        if (!wanted.embedded()) {
            return null;
        }
        if (server == null && starting) {
            server = start(wanted);
        }
        if (server == null) {
            return null;
        }
        String chroot = new ConnectStringParser(configured).getChrootPath();
        return server.address() + (chroot == null ? "" : chroot);
    }

    private static RunningServer start(ZkEmbeddedProperties wanted) {
        if (!ClassUtils.isPresent(SERVER_CLASS, null)) {
            throw new EmbeddedServerException(
                    "spring.cloud.zookeeper.embedded is set, and the server that it starts is not on the class path",
                    "Add the dependency io.quorate:coordination-server-runtime, or set"
                            + " spring.cloud.zookeeper.embedded=false and let connect-string name a server.",
                    null);
        }
        return EmbeddedServer.start(wanted);
    }

    /** Takes the server of the application above in the place of one of its own, if that one has any. */
    void inherit(ApplicationServer above) {
        String address = above.address();
        synchronized (this) {
            if (server == null && address != null) {
                server = new Inherited(address);
            }
        }
    }

    private synchronized @Nullable String address() {
        return server == null ? null : server.address();
    }

    /** The server of the application above, which stops it. */
    private record Inherited(String address) implements RunningServer {

        @Override
        public void close() {
            // Others use it.
        }
    }

    private synchronized void handOver(DefaultSingletonBeanRegistry beans) {
        starting = false;
        if (server != null) {
            beans.registerSingleton(BEAN_NAME, this);
            beans.registerDisposableBean(BEAN_NAME, this::close);
        }
    }

    /** Stops it, if it was started. Further calls do nothing. */
    @Override
    public synchronized void close() {
        starting = false;
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /**
     * Makes the application context stop the server. Before any other that hears of the context: what is registered
     * first is destroyed last, and clients go before the server does.
     */
    private record HandOver(ApplicationServer server)
            implements ApplicationListener<BootstrapContextClosedEvent>, Ordered {

        @Override
        public void onApplicationEvent(BootstrapContextClosedEvent event) {
            server.handOver(
                    (DefaultSingletonBeanRegistry) event.getApplicationContext().getBeanFactory());
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
