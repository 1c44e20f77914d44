package io.quorate.core.wire.peer;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a member says first on an election connection that it has dialled (quorum protocol 2.1). Never answered.
 *
 * @param serverId of the dialler
 * @param addresses where its own election port is; none from a member of the oldest kind, which sends its id alone
 */
public record ElectionHandshake(long serverId, List<Address> addresses) {

    /** A host without brackets, and a port. */
    public record Address(String host, int port) {

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** Whoever observes without an id of its own says this one. */
    public static final long ANONYMOUS = Long.MAX_VALUE;

    private static final long ONE_ADDRESS = -65536;
    private static final long SEVERAL_ADDRESSES = -65535;
    private static final int HEAD_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int LONGEST_ADDRESSES = 2048;
    private static final int HIGHEST_PORT = 65535;

    /** All of it, to be sent at once: a reference member takes a handshake that comes in pieces for an error. */
    public byte[] toBytes() {
        StringJoiner joined = new StringJoiner("|");
        addresses.forEach(address -> joined.add(address.toString()));
        byte[] text = joined.toString().getBytes(StandardCharsets.UTF_8);
        return new WireWriter(HEAD_BYTES + text.length)
                .writeLong(addresses.size() == 1 ? ONE_ADDRESS : SEVERAL_ADDRESSES)
                .writeLong(serverId)
                .writeBuffer(text)
                .toByteArray();
    }

    /**
     * Reads a handshake and moves the position behind it.
     *
     * @return null, with the position where it was, while the rest has not arrived
     * @throws MalformedRecord when this is none
     */
    public static @Nullable ElectionHandshake read(ByteBuffer unread) {
        int start = unread.position();
        if (unread.remaining() < Long.BYTES) {
            return null;
        }
        long first = unread.getLong(start);
        if (first >= 0) {
            unread.position(start + Long.BYTES);
            return new ElectionHandshake(first, List.of());
        }
        if (first != ONE_ADDRESS && first != SEVERAL_ADDRESSES) {
            throw new MalformedRecord("election handshake of an unknown version " + first);
        }
        if (unread.remaining() < HEAD_BYTES) {
            return null;
        }
        long serverId = unread.getLong(start + Long.BYTES);
        int length = unread.getInt(start + 2 * Long.BYTES);
        if (serverId < 0) {
            throw new MalformedRecord("election handshake of a negative server id " + serverId);
        }
        if (length < 1 || length > LONGEST_ADDRESSES) {
            throw new MalformedRecord("election handshake with an address of " + length + " bytes");
        }
        if (unread.remaining() < HEAD_BYTES + length) {
            return null;
        }
        byte[] text = new byte[length];
        unread.position(start + HEAD_BYTES).get(text);
        return new ElectionHandshake(serverId, addresses(new String(text, StandardCharsets.UTF_8)));
    }

    private static List<Address> addresses(String text) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text.split("\\|")) {
            addresses.add(address(part));
        }
        return List.copyOf(addresses);
    }

    private static Address address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(text.substring(colon + 1));
        if (host.isEmpty() || port == 0) {
            throw new MalformedRecord("election handshake with '" + text + "' instead of host:port");
        }
        return new Address(host, port);
    }

    /** 0 where it is none. */
    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return 0;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        int port = Integer.parseInt(digits);
        return port > HIGHEST_PORT ? 0 : port;
    }
}
