package io.quorate.runtime.netty;

import java.nio.file.Path;
import java.util.List;

/**
 * What operators are told about the process and never changes.
 *
 * @param version of this software
 * @param builtOn when it was built, as text
 * @param fourLetterWords commands that are answered besides {@code srvr}; {@code *} means all
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
        List<String> fourLetterWords) {

    boolean allows(FourLetterWord word) {
        return word == FourLetterWord.SRVR || fourLetterWords.contains("*") || fourLetterWords.contains(word.text());
    }
}
