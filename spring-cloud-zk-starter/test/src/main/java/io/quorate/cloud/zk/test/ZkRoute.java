package io.quorate.cloud.zk.test;

import java.util.Set;

/**
 * A way to the server that only some clients take, so that they alone can be cut off. It leads to where the server is
 * when it is opened. Thread-safe.
 */
public final class ZkRoute implements AutoCloseable {

    private final TcpProxy proxy;
    private final String chroot;

    ZkRoute(TcpProxy proxy, String chroot) {
        this.proxy = proxy;
        this.chroot = chroot;
    }

    /** For clients that take this way: where they connect, with the chroot of the test. */
    public String connectString() {
        return proxy.address() + chroot;
    }

    /** From now on no byte passes, in either direction; connections stay open. */
    public void pause() {
        proxy.pause();
    }

    /** Lets everything through again that {@link #pause()} holds back. */
    public void resume() {
        proxy.resume();
    }

    /**
     * The next request of one of these operations reaches the server, and nothing that it says from then on comes back
     * over that connection: until it is cut, the client cannot know what became of its request.
     *
     * @param operations numbers of {@link org.apache.zookeeper.ZooDefs.OpCode}
     */
    public void loseAnswerTo(Integer... operations) {
        proxy.loseAnswerTo(Set.of(operations));
    }

    /** Ends every connection that is open on this way now; sessions live on, and clients may come again. */
    public void cut() {
        proxy.cut();
    }

    /** Requests that clients have sent this way, without openings of sessions and signs of life. */
    public long requestCount() {
        return proxy.requestCount();
    }

    /** Ends every connection on this way, and refuses others. */
    @Override
    public void close() {
        proxy.forwardTo(null);
        proxy.resume();
        proxy.cut();
    }
}
