package io.quorate.runtime.kit;

/** Binds a part of the kit to this server. */
interface OnQuorate extends ServerFactory {

    @Override
    default ServerUnderTest newServer() {
        return new QuorateServer();
    }

    @Override
    default EnsembleUnderTest newEnsemble() {
        return MixedEnsemble.of(MemberKind.QUORATE);
    }
}
