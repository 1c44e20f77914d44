package io.quorate.runtime.netty;

import io.quorate.core.replica.EnsembleOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code conf} and {@code dirs}. */
final class ConfigurationReport {

    private ConfigurationReport() {}

    static String render(FourLetterWord word, ServerFacts facts, ClientPort port) {
        long dataBytes = sizeOf(facts.dataDir());
        long logBytes = sizeOf(facts.dataLogDir());
        if (word == FourLetterWord.DIRS) {
            return "datadir_size: " + dataBytes + "\nlogdir_size: " + logBytes + "\n";
        }
        return "clientPort=" + portOf(port.plainAddress()) + "\n"
                + "secureClientPort=" + portOf(port.secureAddress()) + "\n"
                + "dataDir=" + facts.dataDir().resolve("version-2").toAbsolutePath() + "\n"
                + "dataDirSize=" + dataBytes + "\n"
                + "dataLogDir=" + facts.dataLogDir().resolve("version-2").toAbsolutePath() + "\n"
                + "dataLogSize=" + logBytes + "\n"
                + "tickTime=" + facts.tickMillis() + "\n"
                + "maxClientCnxns=" + facts.maxClientConnections() + "\n"
                + "minSessionTimeout=" + facts.minSessionTimeoutMillis() + "\n"
                + "maxSessionTimeout=" + facts.maxSessionTimeoutMillis() + "\n"
                + "clientPortListenBacklog=" + facts.backlog() + "\n"
                + "serverId=" + facts.serverId() + "\n"
                + membership(facts.ensemble());
    }

    private static int portOf(@Nullable InetSocketAddress address) {
        return address == null ? -1 : address.getPort();
    }

    /** The blank behind the colon and the missing end of the last line are what scripts are used to. */
    private static String membership(@Nullable EnsembleOptions ensemble) {
        return ensemble == null
                ? ""
                : "initLimit=" + ensemble.initLimitTicks() + "\n"
                        + "syncLimit=" + ensemble.syncLimitTicks() + "\n"
                        + "electionAlg=3\n"
                        + "electionPort=" + ensemble.electionPort() + "\n"
                        + "quorumPort=" + ensemble.quorumPort() + "\n"
                        + "peerType=" + (ensemble.isObserver() ? 1 : 0) + "\n"
                        + "membership: \n"
                        + ensemble.membershipText();
    }

    private static long sizeOf(Path directory) {
        try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
            return files.mapToLong(ConfigurationReport::fileBytes).sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + directory + " (" + unreadable + ")", unreadable);
        }
    }

    /** A file that was purged between listing and looking counts for nothing. */
    private static long fileBytes(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look at " + file + " (" + unreadable + ")", unreadable);
        }
    }
}
