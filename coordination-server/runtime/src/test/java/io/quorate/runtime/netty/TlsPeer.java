package io.quorate.runtime.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A client's end of an encrypted connection without a socket: it is told what has arrived and asked what it says. */
final class TlsPeer {

    private final SSLEngine engine;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private ByteBuffer unread = ByteBuffer.allocate(0);

    TlsPeer(SSLContext context, String protocol) {
        engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        shakeHands();
    }

    /** What it says next is a handshake; the second time, with TLSv1.3, that it wants other keys. */
    void shakeHands() {
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** That it says no more. */
    byte[] saysGoodbye() {
        engine.closeOutbound();
        return next();
    }

    /** What it says next of the handshake; empty while it has to listen. */
    byte[] next() {
        return says(new byte[0]);
    }

    /** The same, with this behind it where both sides agree. */
    byte[] says(byte[] plain) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(plain);
        try {
            while (true) {
                runTasks();
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_UNWRAP && !process()) {
                    return said.toByteArray();
                }
                if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && !in.hasRemaining()) {
                    return said.toByteArray();
                }
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                        || engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                    SSLEngineResult result = engine.wrap(in, out);
                    said.write(out.array(), 0, out.position());
                    if (result.getStatus() == SSLEngineResult.Status.CLOSED || engine.isOutboundDone()) {
                        return said.toByteArray();
                    }
                }
            }
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the server has said. */
    void hear(byte[] bytes) {
        ByteBuffer joined = ByteBuffer.allocate(unread.remaining() + bytes.length);
        joined.put(unread).put(bytes).flip();
        unread = joined;
        try {
            while (process()) {
                runTasks();
            }
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] heard() {
        byte[] all = heard.toByteArray();
        heard.reset();
        return all;
    }

    private boolean process() throws SSLException {
        if (!unread.hasRemaining()) {
            return false;
        }
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(unread, out);
        heard.write(out.array(), 0, out.position());
        return result.bytesConsumed() > 0 || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
