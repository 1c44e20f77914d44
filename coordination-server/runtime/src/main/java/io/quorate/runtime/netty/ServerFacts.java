package io.quorate.runtime.netty;

import io.quorate.core.replica.EnsembleOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators are told about the process and never changes.
 *
 * @param version of this software
 * @param builtOn when it was built, as text
 * @param fourLetterWords commands that are answered besides {@code srvr}; {@code *} means all
 * @param ensemble how the server is a member of one; null where it stands alone
 */
public record ServerFacts(
        String version,
        String builtOn,
        long serverId,
        Path dataDir,
        Path dataLogDir,
        int tickMillis,
        int maxClientConnections,
        int minSessionTimeoutMillis,
        int maxSessionTimeoutMillis,
        int backlog,
        List<String> fourLetterWords,
        @Nullable EnsembleOptions ensemble) {

    boolean allows(FourLetterWord word) {
        return word == FourLetterWord.SRVR || fourLetterWords.contains("*") || fourLetterWords.contains(word.text());
    }
}
