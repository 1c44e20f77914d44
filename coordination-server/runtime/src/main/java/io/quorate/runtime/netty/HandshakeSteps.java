package io.quorate.runtime.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection's handshake reckons aside, a step at a time. As long as a step waits nothing more is read, for it
 * would be kept without any bound until the step is done. Behind the handshake there are no steps: a client may not
 * begin another one, which would cost the server more than the client and change nothing of who it is.
 *
 * <p>In the pipeline it stands before the encryption, so that it sees what that wants to read.
 */
final class HandshakeSteps extends ChannelOutboundHandlerAdapter implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeSteps.class);

    private final Channel channel;
    private final Executor aside;
    private int waiting;
    private boolean agreed;

    HandshakeSteps(Channel channel, Executor aside) {
        this.channel = channel;
        this.aside = aside;
    }

    /** Replica thread. */
    @Override
    public void execute(Runnable step) {
        if (agreed) {
            throw new RejectedExecutionException("another handshake on the same connection");
        }
        aside.execute(() -> {
            try {
                step.run();
            } finally {
                readOnLater();
            }
        });
        waiting++;
        channel.config().setAutoRead(false);
    }

    private void readOnLater() {
        try {
            channel.eventLoop().execute(this::readOn);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The server has stopped while a client shook hands: {}", ended.toString());
        }
    }

    private void readOn() {
        waiting--;
        if (waiting == 0 && !agreed) {
            channel.config().setAutoRead(true);
        }
    }

    /** The handshake is over. Who stops reading from now on is no matter of this. */
    void agreed() {
        agreed = true;
        channel.config().setAutoRead(true);
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting == 0 || agreed) {
            context.read();
        }
    }
}
