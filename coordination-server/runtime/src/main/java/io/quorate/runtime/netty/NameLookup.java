package io.quorate.runtime.netty;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Finds the addresses of a host while the replica's thread goes on. */
@FunctionalInterface
public interface NameLookup {

    /**
     * To be called on the replica's thread.
     *
     * @param found called once, later, on the replica's thread; with nothing when the name leads nowhere
     */
    void find(String host, Consumer<List<InetAddress>> found);
}
