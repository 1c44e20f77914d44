package io.quorate.runtime.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until both sides of a connection agree on keys, and makes way for who speaks with the client then. */
final class ClientHandshake extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientHandshake.class);

    private final ClientEncryption encryption;
    private final SslHandler handler;
    private final boolean asked;
    private final Consumer<@Nullable String> agreed;

    /** @param asked whether the client has been asked for a certificate */
    ClientHandshake(ClientEncryption encryption, SslHandler handler, boolean asked, Consumer<@Nullable String> agreed) {
        this.encryption = encryption;
        this.handler = handler;
        this.asked = asked;
        this.agreed = agreed;
    }

    /** However it ends, it ends with this. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            encryption.ended(context.channel());
            if (completion.isSuccess()) {
                agreed.accept(subject());
                context.pipeline().remove(this);
            } else {
                tellOf(completion.cause(), context);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    /** As access rules name the owner of the client's certificate; null when it has shown none. */
    private @Nullable String subject() {
        if (!asked) {
            return null;
        }
        try {
            X509Certificate own =
                    (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
            return own.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private void tellOf(Throwable cause, ChannelHandlerContext context) {
        if (cause instanceof ClosedChannelException) {
            // A probe that only looks whether the port is open, most of the time.
            LOG.debug("A client has gone before it was encrypted: {}", cause.toString());
        } else if (cause instanceof NotSslRecordException) {
            encryption.failed(context.channel(), "what it says is not encrypted");
        } else {
            encryption.failed(context.channel(), String.valueOf(cause.getMessage()));
        }
    }

    /** What has failed has been told with the end of the handshake, which closes the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection that is to be encrypted has failed: {}", cause.toString());
        context.close();
    }
}
