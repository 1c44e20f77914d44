package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Node;
import io.quorate.runtime.kit.wire.Op;

/**
 * Moves a value from one node to another with a multi that sets both and creates a receipt: what the two hold together
 * never changes, and they have been set equally often.
 */
final class Transfers implements AcknowledgedWrites {

    private static final int TOTAL = 1_000_000;

    private final String root;
    private volatile long acknowledged;
    private int ackedVersion;
    private int sentVersion;

    Transfers(String root) {
        this.root = root;
    }

    @Override
    public void prepare(KitSession session) {
        session.create(root).ok();
        session.create(root + "/from").ok();
        session.create(root + "/to").ok();
        session.create(root + "/receipts").ok();
        session.setData(root + "/from", String.valueOf(TOTAL), 0).ok();
        session.setData(root + "/to", "0", 0).ok();
        ackedVersion = 1;
        sentVersion = 1;
    }

    @Override
    public void send(KitSession session) {
        int moved = sentVersion;
        Multi multi = new Multi()
                .check(root, 0)
                .setData(root + "/from", String.valueOf(TOTAL - moved), sentVersion)
                .create(root + "/receipts/r" + (sentVersion + 1))
                .setData(root + "/to", String.valueOf(moved), sentVersion);
        session.send(Op.MULTI, multi.body());
        sentVersion++;
    }

    @Override
    public void receive(KitSession session) {
        assertThat(Multi.results(session.receive())).as("results of a transfer").allMatch(result -> result.err() == 0);
        ackedVersion++;
        acknowledged++;
    }

    @Override
    public void check(KitSession session) {
        Node.Data from = session.getData(root + "/from", false).data();
        Node.Data to = session.getData(root + "/to", false).data();
        int version = from.stat().version();
        assertThat(version).as("transfers after the crash").isBetween(ackedVersion, sentVersion);
        assertThat(to.stat().version()).as("times that /to was set").isEqualTo(version);
        assertThat(to.stat().mzxid())
                .as("one transaction")
                .isEqualTo(from.stat().mzxid());
        assertThat(Integer.parseInt(from.text()) + Integer.parseInt(to.text())).isEqualTo(TOTAL);
        assertThat(session.getChildren(root + "/receipts", false).children())
                .as("receipts")
                .hasSize(version - 1);
        ackedVersion = version;
        sentVersion = version;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }
}
