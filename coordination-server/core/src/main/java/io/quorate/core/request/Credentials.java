package io.quorate.core.request;

import io.quorate.core.auth.Authenticator;
import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.auth.EnforcedSchemes;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.client.OpCode;

/** What clients present to prove who they are (client protocol 9.5, 9.7, 9.8). */
final class Credentials {

    private final Authenticator authenticator;
    private final EnforcedSchemes enforced;

    Credentials(Authenticator authenticator, EnforcedSchemes enforced) {
        this.authenticator = authenticator;
        this.enforced = enforced;
    }

    /** Whether the connection has shown what the configuration demands of everybody. */
    boolean suffice(ClientLink link) {
        return enforced.satisfiedBy(link.identities);
    }

    /**
     * Reads an auth or sasl body and adds what it proves to the connection.
     *
     * @throws io.quorate.core.wire.MalformedRecord when the body cannot be decoded; the connection is closed then
     */
    ErrorCode present(ClientLink link, OpCode op, WireReader in) {
        if (op == OpCode.SASL) {
            in.readBuffer(); // a token, but no mechanism is configured that could judge it
            return ErrorCode.OK;
        }
        in.readInt(); // type, which nobody uses
        String scheme = in.readString();
        byte[] data = in.readBuffer();
        // Requests already read keep the credentials they came with, so those are not added to but replaced.
        ClientIdentities identities = link.identities.copy();
        ErrorCode outcome = authenticator.authenticate(scheme, data, identities);
        link.identities = identities;
        return outcome;
    }
}
