package io.quorate.cloud.zk.leader;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How elections behave.
 *
 * @param properties of elections
 * @param candidateId what this application calls itself, asked for with every candidacy
 * @param reconcileInterval how often own nodes and queues are compared with what is known of them
 */
public record ElectionSettings(
        ZkLeaderProperties properties, Supplier<String> candidateId, Duration reconcileInterval) {}
