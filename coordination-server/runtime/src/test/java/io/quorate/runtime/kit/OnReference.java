package io.quorate.runtime.kit;

/** Binds a part of the kit to Apache ZooKeeper. */
interface OnReference extends ServerFactory {

    @Override
    default ServerUnderTest newServer() {
        return new ReferenceServer();
    }

    @Override
    default EnsembleUnderTest newEnsemble() {
        return MixedEnsemble.of(MemberKind.REFERENCE);
    }
}
