package io.quorate.runtime.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Loopback ports that were free when they were chosen. Below those that the system gives to outgoing connections: a
 * server that is down for a while must find its own again, whoever connects to whom meanwhile.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final int MAX_TRIES = 10_000;
    /** None is given twice: whoever has got it may not listen yet. Guarded by itself. */
    private static final Set<Integer> GIVEN = new HashSet<>();

    private static final Random RANDOM = new Random();

    private FreePorts() {}

    public static int one() {
        synchronized (GIVEN) {
            for (int i = 0; i < MAX_TRIES; i++) {
                int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST);
                if (isFree(port) && GIVEN.add(port)) {
                    return port;
                }
            }
        }
        throw new IllegalStateException("No free port on loopback from " + LOWEST + " to " + HIGHEST);
    }

    /** All different. */
    public static List<Integer> several(int count) {
        List<Integer> ports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ports.add(one());
        }
        return ports;
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
