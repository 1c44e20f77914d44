package io.quorate.cloud.zk.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Whether Netty verifies names of servers where nobody asks for it, as it does since version 4.2. The ZooKeeper client,
 * written for 4.1, cannot tell it not to; only a system property can, and that concerns everybody who uses Netty.
 */
public final class NettyVerification {

    /** The system property; {@code NONE} leaves verification to those who ask for it, as the ZooKeeper client does. */
    public static final String PROPERTY = "io.netty.handler.ssl.defaultEndpointVerificationAlgorithm";

    private NettyVerification() {}

    /** @throws IllegalStateException if Netty cannot make an encrypted connection at all */
    public static boolean isUnasked() {
        try {
            SSLEngine engine =
                    SslContextBuilder.forClient().build().newEngine(UnpooledByteBufAllocator.DEFAULT, "any", 1);
            String algorithm = engine.getSSLParameters().getEndpointIdentificationAlgorithm();
            return algorithm != null && !algorithm.isEmpty();
        } catch (SSLException unusable) {
            throw new IllegalStateException("Netty cannot encrypt connections", unusable);
        }
    }
}
