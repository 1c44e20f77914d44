package io.quorate.core.auth;

import io.quorate.core.base.Limits;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Judges where clients come from, and their auth packets (client protocol 9.4, 9.5). */
public final class Authenticator {

    private final AuthSchemes schemes;

    public Authenticator(AuthSchemes schemes) {
        this.schemes = schemes;
    }

    /** What a client is as it connects. Where that is more than the limits allow, it has overflowed. */
    public ClientIdentities identify(ClientOrigin origin, Limits limits) {
        ClientIdentities who = ClientIdentities.ofAddress(origin.address(), limits);
        schemes.recognise(origin, who);
        return who;
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
