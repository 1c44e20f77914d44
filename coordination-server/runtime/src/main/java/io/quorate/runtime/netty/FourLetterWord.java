package io.quorate.runtime.netty;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The commands that the first four bytes of a connection may spell (client protocol 12.5). */
public enum FourLetterWord {
    CONF,
    CONS,
    CRST,
    DIRS,
    DUMP,
    ENVI,
    GTMK,
    HASH,
    ISRO,
    MNTR,
    RUOK,
    SRST,
    SRVR,
    STAT,
    STMK,
    WCHC,
    WCHP,
    WCHS,
    /** What a telnet client sends when it is interrupted. */
    TELNET_CLOSE;

    private static final int TELNET_CLOSE_BYTES = 0xfff4fffd;

    private final int code;

    FourLetterWord() {
        code = "TELNET_CLOSE".equals(name()) ? TELNET_CLOSE_BYTES : codeOf(name());
    }

    private static int codeOf(String name) {
        int code = 0;
        for (byte letter : name.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII)) {
            code = code << Byte.SIZE | letter;
        }
        return code;
    }

    /** The word that these four bytes spell, or null. */
    static @Nullable FourLetterWord of(int bytes) {
        for (FourLetterWord word : values()) {
            if (word.code == bytes) {
                return word;
            }
        }
        return null;
    }

    /** Bytes that must follow the word. */
    int argumentBytes() {
        return this == STMK ? Long.BYTES : 0;
    }

    /** Whether the answer takes a look at directories, or a question to the network: not for a turn. */
    boolean looksOutside() {
        return this == CONF || this == DIRS || this == ENVI;
    }

    /** As operators write it. */
    public String text() {
        return this == TELNET_CLOSE ? "telnet close" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
