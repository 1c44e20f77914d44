package io.quorate.core.election;

import io.quorate.core.quorum.Membership;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mesh of one server, and the hands that move its connections. Times are nanoseconds and small. */
final class MeshBench implements ElectionMesh.Receiver {

    static final int CONNECT_MILLIS = 5000;
    static final long HANDSHAKE_NANOS = 1000;
    static final long PAUSE_NANOS = 50;
    static final long ONE_ADDRESS = -65536;
    static final long SEVERAL_ADDRESSES = -65535;

    record Heard(long from, Notification message) {}

    final FakeLinks links = new FakeLinks();
    final List<Heard> heard = new ArrayList<>();
    final List<Long> unreachable = new ArrayList<>();
    final List<Long> disconnected = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    /** Done when something is heard. */
    Runnable onHeard = () -> {};

    final ElectionMesh mesh;

    MeshBench(long serverId, Membership membership) {
        MeshTiming timing = new MeshTiming(CONNECT_MILLIS, HANDSHAKE_NANOS, PAUSE_NANOS);
        mesh = new ElectionMesh(serverId, membership, links, timing, this);
        at(0);
    }

    void at(long nanos) {
        mesh.onTime(nanos);
    }

    static Notification message(long round) {
        return new Notification(PeerState.LOOKING, 2, 7, round, 1, Notification.VERSION, "");
    }

    void send(long to, long round) {
        mesh.send(to, message(round));
    }

    // -------------------------------------------------------------------------------------------------------- outwards

    /** The only attempt since the last call. */
    FakeLinks.Dial dialled() {
        List<FakeLinks.Dial> dials = links.takeDials();
        if (dials.size() != 1) {
            throw new AssertionError("one attempt was expected, not " + dials);
        }
        return dials.get(0);
    }

    /** Where has been dialled since the last call. */
    List<String> dialledAddresses() {
        return links.takeDials().stream().map(FakeLinks.Dial::address).toList();
    }

    /** A link to a server with a smaller id, that carries messages; what goes over it at the start is taken. */
    long connectTo(long smallerId) {
        send(smallerId, 0);
        long link = dialled().link();
        mesh.onConnected(link);
        links.take(link);
        links.takeSends();
        return link;
    }

    /** The link is gone, or could not be made. */
    void lose(long link) {
        mesh.onClosed(link);
    }

    /** The rounds of the messages that have gone over a link since the last call. */
    List<Long> rounds(long link) {
        return rounds(links.take(link));
    }

    /** The same behind the handshake. */
    List<Long> roundsAfterHandshake(long link) {
        ByteBuffer sent = links.take(link);
        if (ElectionHandshake.read(sent) == null) {
            throw new AssertionError("no handshake");
        }
        return rounds(sent);
    }

    private static List<Long> rounds(ByteBuffer sent) {
        List<Long> rounds = new ArrayList<>();
        while (sent.hasRemaining()) {
            int length = sent.getInt();
            Notification message = Notification.read(sent.slice(sent.position(), length));
            sent.position(sent.position() + length);
            rounds.add(message == null ? -1 : message.round());
        }
        return rounds;
    }

    // --------------------------------------------------------------------------------------------------------- inwards

    long accept() {
        long link = links.next();
        mesh.onAccepted(link, "10.0.0." + link);
        return link;
    }

    /** Somebody connects and says who it is, as one with its usual address does. */
    long accept(long serverId) {
        long link = accept();
        bytes(link, handshake(serverId));
        return link;
    }

    static byte[] handshake(long serverId) {
        return handshake(ONE_ADDRESS, serverId, "h" + serverId + ":3888");
    }

    static byte[] handshake(long version, long serverId, String addresses) {
        return new WireWriter(64)
                .writeLong(version)
                .writeLong(serverId)
                .writeBuffer(addresses.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }

    void bytes(long link, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        mesh.onBytes(link, buffer);
        if (buffer.hasRemaining()) {
            throw new AssertionError("bytes are used up, whatever becomes of them");
        }
    }

    static byte[] frame(byte[] payload) {
        return new WireWriter(64).writeBuffer(payload).toByteArray();
    }

    static byte[] frame(Notification message) {
        WireWriter payload = new WireWriter(64);
        message.writeTo(payload);
        return frame(payload.toByteArray());
    }

    static byte[] joined(byte[]... parts) {
        WireWriter all = new WireWriter(64);
        for (byte[] part : parts) {
            all.writeRaw(ByteBuffer.wrap(part));
        }
        return all.toByteArray();
    }

    List<Long> heardRounds() {
        return heard.stream().map(each -> each.message().round()).toList();
    }

    List<Long> heardFrom() {
        return heard.stream().map(Heard::from).toList();
    }

    @Override
    public void onNotification(long fromServerId, Notification message) {
        heard.add(new Heard(fromServerId, message));
        onHeard.run();
    }

    @Override
    public void onUnreachable(long serverId) {
        unreachable.add(serverId);
    }

    @Override
    public void onDisconnected(long serverId) {
        disconnected.add(serverId);
    }

    @Override
    public void onRefused(String address, String reason) {
        refused.add(address + " " + reason);
    }
}
