package io.quorate.runtime.kit;

/** What binds the kit to a server. */
interface ServerFactory {

    /** A server that has not been started. */
    ServerUnderTest newServer();

    /** An ensemble that has not been started. */
    EnsembleUnderTest newEnsemble();
}
