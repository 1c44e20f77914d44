package io.quorate.core.auth;

import io.quorate.core.base.Verify;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The address a connection comes from, which it has without asking (client protocol 9.4). */
public final class IpScheme implements AuthScheme {

    public static final String NAME = "ip";

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    /** Bits 64 to 95 of an IPv6 address that holds an IPv4 address. */
    private static final int MAPPED_MARK = 0xffff;

    /**
     * The textual form of an address, as Java prints it: an IPv4 address that arrives in IPv6 clothes is printed as
     * IPv4.
     *
     * @param address 4 or 16 bytes, most significant first
     */
    public static String textOf(byte[] address) {
        Verify.that(address.length == V4_BYTES || address.length == V6_BYTES, "address bytes", address.length);
        ByteBuffer bytes = ByteBuffer.wrap(address);
        if (address.length == V4_BYTES) {
            return v4(bytes.getInt());
        }
        long high = bytes.getLong();
        long low = bytes.getLong();
        boolean mapped = high == 0 && low >>> Integer.SIZE == MAPPED_MARK;
        return mapped ? v4((int) low) : new IpAddress(true, high, low).text();
    }

    private static String v4(int bits) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(bits)).text();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A literal, with or without {@code /bits}. */
    @Override
    public boolean isValidId(String id) {
        IpAddress address = addressOf(id);
        return address != null && prefixBits(id, address) >= 0;
    }

    @Override
    public boolean matches(String clientId, String aclId) {
        IpAddress listed = addressOf(aclId);
        IpAddress client = IpAddress.parse(clientId);
        if (listed == null || client == null) {
            return false;
        }
        int bits = prefixBits(aclId, listed);
        return bits >= 0 && listed.sharesPrefix(client, bits);
    }

    private static @Nullable IpAddress addressOf(String aclId) {
        int slash = aclId.indexOf('/');
        return IpAddress.parse(slash < 0 ? aclId : aclId.substring(0, slash));
    }

    /** How many leading bits count: all unless the id says; -1 when what it says is no number of bits. */
    private static int prefixBits(String aclId, IpAddress address) {
        int slash = aclId.indexOf('/');
        return slash < 0 ? address.bits() : IpAddress.number(aclId, slash + 1, aclId.length(), 10, address.bits());
    }

    @Override
    public boolean countsAsAuthenticated() {
        return false;
    }

    /** Accepted whatever it says: the connection has this identity already. */
    @Override
    public boolean authenticate(byte @Nullable [] data, ClientIdentities who) {
        return true;
    }

    @Override
    public String userOf(String clientId) {
        return clientId;
    }
}
