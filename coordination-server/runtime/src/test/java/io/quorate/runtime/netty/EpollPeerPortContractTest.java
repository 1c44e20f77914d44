package io.quorate.runtime.netty;

final class EpollPeerPortContractTest extends PeerPortContract {

    EpollPeerPortContractTest() {
        super(Transport.EPOLL);
    }
}
