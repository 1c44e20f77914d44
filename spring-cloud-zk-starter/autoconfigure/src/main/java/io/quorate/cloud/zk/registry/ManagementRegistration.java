package io.quorate.cloud.zk.registry;

import org.jspecify.annotations.Nullable;

/**
 * The port of the management endpoints as a service of its own, {@code <name>:management}, where that port is not the
 * application's. Its status does not follow the application: whoever monitors it wants to see that it refuses traffic.
 * Thread-safe.
 */
public final class ManagementRegistration {

    /** Appended to the name of the service. */
    public static final String SUFFIX = ":management";

    private final ZkRegistration application;
    private final String basePath;
    private volatile @Nullable ZkRegistration own;

    /** @param basePath path below which the management server serves; empty for none */
    public ManagementRegistration(ZkRegistration application, String basePath) {
        this.application = application;
        this.basePath = basePath;
    }

    /** The management server listens. */
    void bind(int port, boolean secure) {
        ZkRegistration bound = application
                .builderOfAnother(application.getServiceId() + SUFFIX)
                .uriSpec("{scheme}://{address}:{port}" + basePath)
                .build();
        bound.bind(port, secure);
        own = bound;
    }

    /** Null while there is no management server. */
    @Nullable
    ZkRegistration registration() {
        return own;
    }
}
