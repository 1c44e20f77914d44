package io.quorate.core.watch;

import io.quorate.core.base.NodePath;

/** Sees watches one by one. Must not change the table meanwhile. */
@FunctionalInterface
public interface WatchVisitor {

    void visit(long link, NodePath path);
}
