package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Node;
import java.net.InetSocketAddress;

/** A session that behaves, and expects the same of the server: it checks every reply. */
final class Citizen {

    private static final String NODE = "/citizen";
    private static final String CHILD = NODE + "/child";

    private final InetSocketAddress server;
    private volatile boolean ended;
    private volatile long operations;

    Citizen(InetSocketAddress server) {
        this.server = server;
    }

    /** Until {@link #end}. */
    void run() {
        try (KitSession session = KitSession.open(server)) {
            session.create(NODE).ok();
            long lastZxid = 0;
            for (int version = 1; !ended; version++) {
                String data = "data " + version;
                assertThat(session.setData(NODE, data, version - 1).stat().version())
                        .isEqualTo(version);
                Node.Data read = session.getData(NODE, false).data();
                assertThat(read.text()).isEqualTo(data);
                assertThat(session.create(CHILD).path()).isEqualTo(CHILD);
                assertThat(session.getChildren(NODE, true).children()).containsExactly("child");
                session.delete(CHILD).ok();
                assertThat(session.nextEvent().path()).isEqualTo(NODE);
                long zxid = session.ping().zxid();
                assertThat(zxid).isGreaterThan(lastZxid);
                lastZxid = zxid;
                operations += 6;
            }
        }
    }

    void end() {
        ended = true;
    }

    long operations() {
        return operations;
    }
}
