package io.quorate.cloud.zk.leader;

/**
 * One leadership.
 *
 * @param role what is led
 * @param epoch fencing token: larger for every later leader of the role
 * @param path node that exists for as long as this leadership can last
 */
public record LeadershipToken(String role, long epoch, String path) {}
