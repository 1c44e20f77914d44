package io.quorate.core.zab;

/** Receives what a leader knows of a learner. */
@FunctionalInterface
public interface LearnerVisitor {

    /** @param ackedZxid the last proposal acknowledged on its present connection; 0 for none */
    void visit(long serverId, boolean observer, boolean serving, long ackedZxid, String how);
}
