package io.quorate.core.wire.peer;

/** An identity of the client on whose behalf a request is forwarded (quorum protocol 4.1). */
public record PeerIdentity(String scheme, String id) {}
