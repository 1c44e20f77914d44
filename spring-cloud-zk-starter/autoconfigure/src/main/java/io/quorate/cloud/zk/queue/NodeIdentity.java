package io.quorate.cloud.zk.queue;

/**
 * What tells a node from every other that had or will have its path.
 *
 * @param czxid transaction that created it; grows from node to node
 * @param owner id of the session that it lives and dies with
 */
public record NodeIdentity(long czxid, long owner) {}
