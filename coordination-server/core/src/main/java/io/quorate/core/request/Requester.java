package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;

/**
 * On whose behalf a write is prepared.
 *
 * @param sessionId 0 for the server itself
 * @param cxid the request's xid; 0 for the server itself
 */
public record Requester(long sessionId, int cxid, ClientIdentities identities) {}
