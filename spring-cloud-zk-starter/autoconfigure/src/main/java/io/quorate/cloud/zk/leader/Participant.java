package io.quorate.cloud.zk.leader;

/**
 * One candidate for a role.
 *
 * @param id as it calls itself, by default its instance id
 * @param leader whether it is the first of the queue, which is the one that leads
 */
public record Participant(String id, boolean leader) {}
