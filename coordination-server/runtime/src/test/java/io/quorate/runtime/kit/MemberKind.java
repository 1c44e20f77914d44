package io.quorate.runtime.kit;

/** What a member of an ensemble runs. */
enum MemberKind {
    /** Apache ZooKeeper, in a process of its own. */
    REFERENCE {
        @Override
        EnsembleMember member(int id, ReferencePorts ports) {
            return new ReferenceServer(id, ports);
        }
    },
    /** This server, in the JVM of the tests. */
    QUORATE {
        @Override
        EnsembleMember member(int id, ReferencePorts ports) {
            return new QuorateMember(id, ports);
        }
    };

    /** A member that has not been started. */
    abstract EnsembleMember member(int id, ReferencePorts ports);
}
