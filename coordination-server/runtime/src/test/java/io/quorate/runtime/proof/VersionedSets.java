package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;

/**
 * Sets one node's data again and again, each time naming the version that it replaces; the data say which one it is.
 */
final class VersionedSets implements AcknowledgedWrites {

    private final String path;
    private volatile long acknowledged;
    /** The version that the last acknowledged set has made. */
    private int ackedVersion;
    /** The version that the last set which was sent makes. */
    private int sentVersion;

    VersionedSets(String path) {
        this.path = path;
    }

    @Override
    public void prepare(KitSession session) {
        session.create(path).ok();
        session.setData(path, "1", 0).ok();
        ackedVersion = 1;
        sentVersion = 1;
    }

    @Override
    public void send(KitSession session) {
        int makes = sentVersion + 1;
        session.send(Op.SET_DATA, Bodies.setData(path, Bodies.bytes(String.valueOf(makes)), sentVersion));
        sentVersion = makes;
    }

    @Override
    public void receive(KitSession session) {
        int version = session.receive().stat().version();
        assertThat(version).as("version of %s", path).isEqualTo(ackedVersion + 1);
        ackedVersion = version;
        acknowledged++;
    }

    @Override
    public void check(KitSession session) {
        Node.Data data = session.getData(path, false).data();
        int version = data.stat().version();
        assertThat(version).as("version of %s after the crash", path).isBetween(ackedVersion, sentVersion);
        assertThat(data.text()).as("data of %s", path).isEqualTo(String.valueOf(version));
        ackedVersion = version;
        sentVersion = version;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }
}
