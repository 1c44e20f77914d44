package io.quorate.core.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients are told apart and what that counts for.
 *
 * @param skipAcl no list is checked at all ({@code skipACL})
 * @param superDigest the digest id, {@code user:hash}, whose owner bypasses every list; null for none
 * @param digestAlgorithm hash of digest ids; all members of an ensemble must agree
 * @param digestEnabled whether the digest scheme exists
 * @param certificates whether the scheme x509 exists
 * @param superSubject the subject of a certificate whose owner bypasses every list; null for none
 * @param enforcedSchemes a connection without an identity of one of these may do nothing but authenticate; empty for
 *     off
 */
public record AuthOptions(
        boolean skipAcl,
        @Nullable String superDigest,
        String digestAlgorithm,
        boolean digestEnabled,
        boolean certificates,
        @Nullable String superSubject,
        List<String> enforcedSchemes) {

    /** What the reference does when nothing is configured. */
    public static final AuthOptions DEFAULTS =
            new AuthOptions(false, null, DigestScheme.DEFAULT_ALGORITHM, true, false, null, List.of());

    public AuthOptions {
        enforcedSchemes = List.copyOf(enforcedSchemes);
    }

    /** Keeps {@link #superDigest} out of logs: it is as good as the password to whoever can guess at it. */
    @Override
    public String toString() {
        return "AuthOptions[skipAcl=" + skipAcl + ", superDigest=" + (superDigest == null ? "unset" : "set")
                + ", digestAlgorithm=" + digestAlgorithm + ", digestEnabled=" + digestEnabled + ", certificates="
                + certificates + ", superSubject=" + superSubject + ", enforcedSchemes=" + enforcedSchemes + "]";
    }
}
