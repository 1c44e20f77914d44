package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.core.zab.Database;
import io.quorate.core.zab.Member;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A leader whose epoch has no zxid left (quorum protocol 7.6). */
final class CounterEndTest {

    private static final long EPOCH = 1;
    private static final long LAST = Zxid.of(EPOCH, Zxid.LAST_COUNTER);
    private static final long SESSION = 0x0200000000000001L;
    private static final long CLIENT = 301;

    private final ScriptedMembers members = new ScriptedMembers(3);
    private long link;

    /** Server 3 leads and server 2 follows; two zxids are left. */
    private void leadUntilTwoAreLeft() throws ReflectiveOperationException {
        members.lead();
        link = members.learner(2, 0);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK, Zxid.of(EPOCH, 0)));
        members.steps(3);
        skipTo(LAST - 2);
        members.packets(link);
    }

    /** As if all transactions up to this one had been: no test has the time for four thousand million of them. */
    private void skipTo(long zxid) throws ReflectiveOperationException {
        Object role = field(members.replica.ensemble(), "role").get(members.replica.ensemble());
        Object broadcast = field(role, "broadcast").get(role);
        Database database = ((Member) field(role, "member").get(role)).database();
        for (String name : List.of("lastProposed", "committed")) {
            field(broadcast, name).setLong(broadcast, zxid);
        }
        for (String name : List.of("lastZxid", "forcingZxid", "durableZxid")) {
            field(database.log(), name).setLong(database.log(), zxid);
        }
        field(database, "committedZxid").setLong(database, zxid);
        database.tree().setLastZxid(zxid);
    }

    private static Field field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private void forward(int cxid, OpCode op, WireWriter body) {
        WireWriter data = new WireWriter(64).writeLong(SESSION).writeInt(cxid).writeInt(op.code());
        data.writeRaw(body.written());
        members.say(link, QuorumPacket.of(PacketType.REQUEST, -1, data.toByteArray()));
    }

    private List<Long> proposed() {
        return members.packets(link).stream()
                .filter(packet -> packet.type() == PacketType.PROPOSAL)
                .map(QuorumPacket::zxid)
                .toList();
    }

    private void requireTheTermToEnd() {
        members.steps(100);
        assertThat(members.log).anyMatch(line -> line.contains("the epoch has no zxid left"));
        assertThat(members.isClosed(link)).isTrue();
        assertThat(members.replica.status().role()).isNotEqualTo("LEADING");
        assertThat(proposed()).as("behind the last one").isEmpty();
    }

    @Test
    void whatLearnersForwardIsProposedUpToTheLastZxidAndLostBehindIt() throws ReflectiveOperationException {
        leadUntilTwoAreLeft();
        forward(0, OpCode.CREATE_SESSION, new WireWriter(4).writeInt(10_000));
        for (int cxid = 1; cxid <= 3; cxid++) {
            forward(cxid, OpCode.CREATE, Bench.createBody("/n" + cxid, 0));
        }
        assertThat(proposed()).containsExactly(LAST - 1, LAST);
        requireTheTermToEnd();
    }

    @Test
    void ownClientsAreNotHeardBehindItAndLoseTheirConnections() throws ReflectiveOperationException {
        leadUntilTwoAreLeft();
        members.client(CLIENT, 0, new byte[16]);
        members.say(link, QuorumPacket.of(PacketType.ACK, LAST - 1));
        members.steps(3);
        assertThat(members.replica.takesFrames()).isTrue();
        members.request(CLIENT, 1, OpCode.CREATE, Bench.createBody("/n1", 0));
        assertThat(members.replica.takesFrames()).isFalse();
        members.say(link, QuorumPacket.of(PacketType.ACK, LAST));
        members.steps(3);
        assertThat(proposed()).containsExactly(LAST - 1, LAST);
        assertThat(members.said).containsExactly(CLIENT + ": connected", CLIENT + ": xid 1 ok");
        requireTheTermToEnd();
        assertThat(members.said.get(members.said.size() - 1)).startsWith(CLIENT + ": closed ");
    }
}
