package io.quorate.runtime.proof;

import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * A server as a process: {@code ServerMain <data directory> <client port>}. It serves until it is ended from outside.
 */
final class ServerMain {

    private ServerMain() {}

    public static void main(String[] args) {
        ServerOptions options = ServerOptions.embedded(Path.of(args[0]))
                .withClientPort(Integer.parseInt(args[1]))
                .withFourLetterWords(List.of("*"));
        CoordinationServer server = CoordinationServer.start(options);
        server.ended().join();
    }
}
