package io.quorate.core.zab;

/** Receives what a leader knows of a learner. */
@FunctionalInterface
public interface LearnerVisitor {

    /** @param lag proposals that it has not acknowledged; 0 for an observer, which acknowledges none */
    void visit(long serverId, boolean observer, boolean serving, long lag, String how);
}
