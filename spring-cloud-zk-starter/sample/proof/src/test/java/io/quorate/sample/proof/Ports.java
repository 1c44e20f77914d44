package io.quorate.sample.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free ports below those that the system gives to outgoing connections: a process that is down for a while must find
 * its own again.
 */
final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int MAX_TRIES = 10_000;

    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    int next() {
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST);
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " to " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
