package io.quorate.simulation.network;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some members on a simulated network, which remember what they are told. */
final class Members {

    static final int ELECTION_PORT = 3888;
    static final int QUORUM_PORT = 2888;
    static final int TIMEOUT_MILLIS = 5000;
    private static final long MILLI = 1_000_000;

    final SimScheduler time;
    final Trace trace;
    final SimNetwork network;
    private final Map<Long, Member> members = new HashMap<>();

    /** One member, and what it has been told. */
    final class Member implements PeerInputs {
        final long node;
        final List<String> events = new ArrayList<>();
        final List<Long> accepted = new ArrayList<>();
        final Map<Long, ByteArrayOutputStream> bytes = new HashMap<>();
        /** Sizes of the pieces in which bytes came. */
        final List<Integer> pieces = new ArrayList<>();

        SimPeerLinks links;

        private Member(long node) {
            this.node = node;
        }

        void start() {
            links = network.start(node, () -> {});
        }

        long connectTo(long other) {
            return links.connect(Purpose.QUORUM, "host" + other, QUORUM_PORT, TIMEOUT_MILLIS);
        }

        void send(long link, String text) {
            links.send(link, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }

        String received(long link) {
            ByteArrayOutputStream all = bytes.get(link);
            return all == null ? "" : all.toString(StandardCharsets.ISO_8859_1);
        }

        boolean hasClosed(long link) {
            return events.contains("closed " + link);
        }

        @Override
        public void onPeerAccepted(long link, Purpose purpose, String address) {
            accepted.add(link);
            events.add("accepted " + link + " " + purpose + " " + address);
        }

        @Override
        public void onPeerConnected(long link) {
            events.add("connected " + link);
        }

        @Override
        public void onPeerBytes(long link, ByteBuffer piece) {
            pieces.add(piece.remaining());
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.computeIfAbsent(link, id -> new ByteArrayOutputStream()).writeBytes(copy);
        }

        @Override
        public void onPeerWritable(long link, boolean writable) {
            events.add((writable ? "writable " : "full ") + link);
        }

        @Override
        public void onPeerClosed(long link) {
            events.add("closed " + link);
        }
    }

    Members(long seed, int count) {
        SimRandom random = new SimRandom(seed);
        time = new SimScheduler(random);
        trace = new Trace(time, null);
        network = new SimNetwork(time, random, trace, NetworkOptions.USUAL);
        for (long node = 1; node <= count; node++) {
            network.place(node, "host" + node, ELECTION_PORT, QUORUM_PORT);
            Member member = new Member(node);
            members.put(node, member);
            member.start();
        }
    }

    Member get(long node) {
        return members.get(node);
    }

    /** A standing link from one to the other, as either names it. */
    long[] pair(long from, long to) {
        long link = get(from).connectTo(to);
        run(20);
        List<Long> accepted = get(to).accepted;
        return new long[] {link, accepted.get(accepted.size() - 1)};
    }

    /** Turns of every member, a millisecond apart. */
    void run(int millis) {
        for (int i = 0; i < millis; i++) {
            time.runUntil(time.nowNanos() + MILLI);
            for (long node = 1; node <= members.size(); node++) {
                Member member = get(node);
                member.links.drain(member, () -> true);
                member.links.flush();
            }
        }
    }
}
