package io.quorate.app.tls;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which a file may hold keys and certificates. */
public enum StoreType {
    JKS(".jks"),
    PEM(".pem"),
    PKCS12(".p12"),
    /** Bouncy Castle's, for which its provider has to be on the class path. */
    BCFKS(".bcfks");

    private final String ending;

    StoreType(String ending) {
        this.ending = ending;
    }

    /** What a file's name says; null when it says nothing. */
    static @Nullable StoreType of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (StoreType type : values()) {
            if (name.endsWith(type.ending)) {
                return type;
            }
        }
        return null;
    }
}
