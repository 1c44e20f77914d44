package io.quorate.core.auth;

import io.quorate.core.port.ClientOrigin;
import org.jspecify.annotations.Nullable;

/** The rules of one authentication scheme (client protocol 9.4). */
interface AuthScheme {

    String name();

    /** Whether {@code id} may stand in a list under this scheme. */
    boolean isValidId(String id);

    /** Whether a connection known as {@code clientId} is meant by a list's {@code aclId}. */
    boolean matches(String clientId, String aclId);

    /** Whether an identity of this scheme proves anything, so that {@code auth} in a list expands to it. */
    boolean countsAsAuthenticated();

    /**
     * A client has sent an auth packet for this scheme.
     *
     * @return false when it is refused
     */
    boolean authenticate(byte @Nullable [] data, ClientIdentities who);

    /** A client has connected: adds what its origin proves besides its address. */
    default void recognise(ClientOrigin origin, ClientIdentities who) {}

    /** The part of an identity that names a user, for whoAmI (client protocol 9.9). */
    String userOf(String clientId);
}
