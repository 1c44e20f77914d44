package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.NodeType;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.StaleInstancePolicy;
import org.apache.zookeeper.CreateMode;

/**
 * Where and how the node of an instance is created.
 *
 * @param servicePath parent of the node
 * @param instanceId of the instance; the node's name begins with it
 * @param type how the node is named
 * @param leftovers what happens to nodes of former sessions
 */
record NodePlan(String servicePath, String instanceId, NodeType type, StaleInstancePolicy leftovers) {

    private static final int SEQUENCE_DIGITS = 10;

    /** What is asked for; the server appends the number to a sequential one. */
    String path() {
        String plain = servicePath + "/" + instanceId;
        return type == NodeType.PLAIN ? plain : plain + "-";
    }

    CreateMode mode() {
        return type == NodeType.PLAIN ? CreateMode.EPHEMERAL : CreateMode.EPHEMERAL_SEQUENTIAL;
    }

    /** Whether a node of this name may be one of this instance, of either type. */
    boolean mayBeOurs(String name) {
        if (name.equals(instanceId)) {
            return true;
        }
        return name.startsWith(instanceId + "-")
                && name.length() == instanceId.length() + 1 + SEQUENCE_DIGITS
                && name.substring(instanceId.length() + 1).chars().allMatch(Character::isDigit);
    }
}
