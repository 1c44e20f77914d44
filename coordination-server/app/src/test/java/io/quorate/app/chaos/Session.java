package io.quorate.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** A session of the stock client, and another one when it expires. */
final class Session {

    /** The client with a way to die. */
    @SuppressWarnings("try") // Its close() is what it is.
    private static final class Mortal extends ZooKeeper {

        Mortal(String connectString, int timeoutMillis) throws IOException {
            super(connectString, timeoutMillis, event -> {});
        }

        /** Ends the connection and its threads; no word to the server that the session is over. */
        void die() {
            cnxn.disconnect();
        }
    }

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

    private final String connectString;
    private final int timeoutMillis;
    private Mortal client;

    Session(String connectString, int timeoutMillis) {
        this.connectString = connectString;
        this.timeoutMillis = timeoutMillis;
        client = open();
    }

    private Mortal open() {
        try {
            return new Mortal(connectString, timeoutMillis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits a while for a connection. @return whether there is one */
    boolean isReady() throws InterruptedException {
        if (!client.getState().isAlive()) {
            client.close();
            client = open();
        }
        return Waiting.until(
                        CONNECT_PATIENCE,
                        () -> client.getState().isConnected()
                                || !client.getState().isAlive())
                && client.getState().isConnected();
    }

    ZooKeeper client() {
        return client;
    }

    /** Waits until the server that this session is connected to has everything that was committed before. */
    void sync(String path) throws InterruptedException, KeeperException {
        sync(client, path);
    }

    static void sync(ZooKeeper client, String path) throws InterruptedException, KeeperException {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        client.sync(path, (code, synced, context) -> answer.complete(code), null);
        try {
            int code = answer.get();
            if (code != KeeperException.Code.OK.intValue()) {
                throw KeeperException.create(KeeperException.Code.get(code), path);
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Leaves the session to its timeout, and opens another one. */
    void abandon() {
        client.die();
        client = open();
    }

    /** Ends the session in the orderly way, and opens another one. */
    void renew() throws InterruptedException {
        client.close();
        client = open();
    }

    void close() throws InterruptedException {
        client.close();
    }
}
