package io.quorate.runtime.netty;

final class NioPeerPortContractTest extends PeerPortContract {

    NioPeerPortContractTest() {
        super(Transport.NIO);
    }
}
