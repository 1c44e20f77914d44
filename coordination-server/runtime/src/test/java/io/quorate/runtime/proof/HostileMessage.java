package io.quorate.runtime.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message as the list of its fields, so that each of them can be cut or replaced. */
final class HostileMessage {

    /** What a field is, and with it what is put in its place. */
    enum Kind {
        /** Of a request: never touched on its own, since the answer is found by it. */
        XID,
        OPCODE,
        INT,
        LONG,
        BOOL,
        /** Of what follows: a string, a buffer or a list. */
        LENGTH,
        CONTENT
    }

    record Field(Kind kind, byte[] bytes) {}

    private final List<Field> fields = new ArrayList<>();

    /** A request whose xid is filled in when it is sent. */
    static HostileMessage request(int opcode) {
        return new HostileMessage().add(Kind.XID, new byte[4]).add(Kind.OPCODE, bytes(opcode));
    }

    HostileMessage integer(int value) {
        return add(Kind.INT, bytes(value));
    }

    HostileMessage longInteger(long value) {
        return add(Kind.LONG, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    HostileMessage bool(boolean value) {
        return add(Kind.BOOL, new byte[] {(byte) (value ? 1 : 0)});
    }

    HostileMessage count(int value) {
        return add(Kind.LENGTH, bytes(value));
    }

    HostileMessage string(String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        return count(content.length).add(Kind.CONTENT, content);
    }

    HostileMessage strings(String... values) {
        count(values.length);
        for (String value : values) {
            string(value);
        }
        return this;
    }

    /** One entry: world:anyone with all permissions. */
    HostileMessage openAcl() {
        return count(1).integer(31).string("world").string("anyone");
    }

    HostileMessage multiHeader(int type, boolean done) {
        return integer(type).bool(done).integer(-1);
    }

    private HostileMessage add(Kind kind, byte[] bytes) {
        fields.add(new Field(kind, bytes));
        return this;
    }

    List<Field> fields() {
        return fields;
    }

    byte[] toBytes() {
        return toBytes(fields);
    }

    static byte[] toBytes(List<Field> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Field field : fields) {
            out.writeBytes(field.bytes());
        }
        return out.toByteArray();
    }

    static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
