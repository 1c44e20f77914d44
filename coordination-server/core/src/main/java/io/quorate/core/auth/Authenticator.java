package io.quorate.core.auth;

import io.quorate.core.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Judges auth packets (client protocol 9.5). */
public final class Authenticator {

    private final AuthSchemes schemes;

    public Authenticator(AuthSchemes schemes) {
        this.schemes = schemes;
    }

    /**
     * Adds to {@code who} what the packet proves.
     *
     * @return OK, or AUTH_FAILED: the connection is closed behind that answer, and the session stays
     */
    public ErrorCode authenticate(@Nullable String scheme, byte @Nullable [] data, ClientIdentities who) {
        AuthScheme known = schemes.find(scheme);
        return known != null && known.authenticate(data, who) ? ErrorCode.OK : ErrorCode.AUTH_FAILED;
    }
}
