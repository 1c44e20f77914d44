package io.quorate.runtime.kit.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A blocking TCP connection that speaks in frames (client protocol 1.2), or in raw bytes where a test wants to
 * misbehave. Every read has a deadline; nothing arriving by then is a failure of the test. Used by one thread at a
 * time.
 */
public final class FrameClient implements AutoCloseable {

    /** Long enough for a loaded machine: tests wait for conditions and end when these hold. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;

    private FrameClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static FrameClient connect(InetSocketAddress server) {
        return connect(server, PATIENCE);
    }

    /** A connection whose reads wait for as long as this. */
    static FrameClient connect(InetSocketAddress server, Duration patience) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(server, (int) patience.toMillis());
            return new FrameClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + server, e);
        }
    }

    /**
     * A connection that is to be encrypted; nothing is agreed before the first byte goes either way.
     *
     * @param context with the client's key, and with whom it trusts
     */
    public static FrameClient encrypted(InetSocketAddress server, SSLContext context) {
        try {
            Socket socket = context.getSocketFactory().createSocket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(server, (int) PATIENCE.toMillis());
            return new FrameClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + server, e);
        }
    }

    /**
     * Whether a server closes a new connection without sending a byte. It may do so before connecting has returned
     * here; only a port on which nobody listens is another matter.
     */
    public static boolean isClosedAtOnce(InetSocketAddress server) {
        try (FrameClient client = connect(server)) {
            return client.isClosedByServer();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                throw e;
            }
            return true;
        }
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + socket, e);
        }
    }

    /**
     * Sends bytes that the server may refuse by closing while they are still on their way.
     *
     * @return false when the server closed before everything was written
     */
    public boolean trySendRaw(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + socket, e);
        }
    }

    public void sendFrame(byte[] body) {
        sendRaw(frame(body));
    }

    /** The body behind its length prefix. */
    public static byte[] frame(byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /**
     * Reads one whole frame.
     *
     * @return its body, without the length prefix
     * @throws ServerClosed when the connection ends first
     */
    public byte[] readFrame() {
        try {
            int length = in.readInt();
            if (length < 0) {
                throw new AssertionError("The server sent a frame of length " + length);
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return body;
        } catch (EOFException | SocketException | SSLException e) {
            throw new ServerClosed("The server closed the connection instead of sending a frame: " + e);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("No frame arrived within " + PATIENCE, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the server closes the connection.
     *
     * @return true when it closed without sending another byte, false when it sent something or kept the connection
     * open
     */
    public boolean isClosedByServer() {
        try {
            return in.read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a server answers a handshake with any frame at all. A server that is still starting refuses the
     * connection, or accepts and closes it, or accepts and never answers (Apache ZooKeeper does all three), so this
     * waits for a moment only.
     */
    public static boolean isAnswered(InetSocketAddress server, Handshake handshake) {
        try (FrameClient client = connect(server, Duration.ofMillis(500))) {
            client.sendFrame(handshake.toBytes());
            return client.in.readInt() > 0;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Reads up to the end of the connection and tells how many bytes came; a reset counts as the end. */
    public int readToEndLength() {
        int length = 0;
        try {
            while (in.read() != -1) {
                length++;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server did not close the connection within " + PATIENCE, e);
        } catch (SocketException e) {
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return length;
    }

    /** Reads text up to the end of the connection, as four-letter words answer. */
    public String readToEnd() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            in.transferTo(text);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server did not close the connection within " + PATIENCE, e);
        } catch (IOException e) {
            throw new UncheckedIOException("After \"" + text + "\"", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads and discards until the server closes, or for a second at most: for tidying up. */
    void drainUntilClosed() {
        try {
            socket.setSoTimeout(1000);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException | SocketTimeoutException e) {
            // Whether the server still had something to say is of no interest to a test that is over.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops sending and keeps receiving. */
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops the TCP connection, as a crash of the client does. Repeating it changes nothing. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
