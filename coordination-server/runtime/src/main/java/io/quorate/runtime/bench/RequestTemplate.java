package io.quorate.runtime.bench;

import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request as bytes, in which only the xid and the number at the end of the path differ from one use to the next. */
final class RequestTemplate {

    /** Digits at the end of every numbered path. */
    static final int DIGITS = 9;

    private static final String NO_NUMBER = "0".repeat(DIGITS);
    private static final int XID_AT = Integer.BYTES;
    private static final int PATH_AT = 4 * Integer.BYTES;
    private static final int ANY_VERSION = -1;

    private final byte[] frame;
    /** Where the last digit of the path is. */
    private final int lastDigitAt;

    private RequestTemplate(OpCode op, String prefix, WireWriter body) {
        int bodyBytes = body.size();
        frame = new byte[3 * Integer.BYTES + bodyBytes];
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        bytes.putInt(2 * Integer.BYTES + bodyBytes).putInt(0).putInt(op.code()).put(body.written());
        lastDigitAt = PATH_AT + prefix.getBytes(StandardCharsets.UTF_8).length + DIGITS - 1;
    }

    private static WireWriter body(String prefix) {
        return new WireWriter(64).writeString(prefix + NO_NUMBER);
    }

    static RequestTemplate get(String prefix) {
        return new RequestTemplate(OpCode.GET_DATA, prefix, body(prefix).writeBool(false));
    }

    static RequestTemplate set(String prefix, byte[] value) {
        return new RequestTemplate(
                OpCode.SET_DATA, prefix, body(prefix).writeBuffer(value).writeInt(ANY_VERSION));
    }

    /** A persistent node that is open to everybody. */
    static RequestTemplate create(String prefix, byte[] value) {
        WireWriter body = body(prefix).writeBuffer(value);
        Acl.writeList(body, Acl.OPEN);
        return new RequestTemplate(OpCode.CREATE, prefix, body.writeInt(0));
    }

    static RequestTemplate delete(String prefix) {
        return new RequestTemplate(OpCode.DELETE, prefix, body(prefix).writeInt(ANY_VERSION));
    }

    int sizeBytes() {
        return frame.length;
    }

    /** Requires room for {@link #sizeBytes} in a big-endian buffer. */
    void write(ByteBuffer out, int xid, long number) {
        int at = out.position();
        out.put(frame);
        out.putInt(at + XID_AT, xid);
        long rest = number;
        for (int digit = at + lastDigitAt; rest > 0; digit--) {
            out.put(digit, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
