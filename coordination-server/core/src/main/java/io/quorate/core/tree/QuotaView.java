package io.quorate.core.tree;

import io.quorate.core.base.NodePath;

/**
 * The quota that governs a path, with the usage as committed (client protocol 10.4). A limit of -1 is unset; a hard
 * limit counts instead of the soft one.
 *
 * @param path the subtree that it limits
 * @param count nodes in the subtree, its top included
 * @param bytes the lengths of their data together
 */
public record QuotaView(NodePath path, QuotaLimits limits, long count, long bytes) {}
