package io.quorate.runtime.kit.wire;

import java.util.Arrays;
import java.util.List;

/**
 * One frame from the server after the handshake: the ReplyHeader (client protocol 1.2) and what follows it.
 *
 * @param frame the whole frame without its length prefix
 */
public record Reply(int xid, long zxid, int err, byte[] frame) {

    /** A frame of this length has a header and no body. */
    public static final int HEADER_LENGTH = 16;

    static Reply read(byte[] frame) {
        JuteReader reader = new JuteReader(frame);
        return new Reply(reader.integer(), reader.longInteger(), reader.integer(), frame);
    }

    /** A fresh reader over the bytes behind the header. */
    public JuteReader body() {
        return new JuteReader(Arrays.copyOfRange(frame, HEADER_LENGTH, frame.length));
    }

    public int length() {
        return frame.length;
    }

    /** Asserts success. */
    public Reply ok() {
        if (err != Err.OK) {
            throw new AssertionError("Expected success but the reply's error is " + err);
        }
        return this;
    }

    /** The body of exists, setData and setACL. */
    public Stat stat() {
        JuteReader body = ok().body();
        Stat stat = Stat.read(body);
        body.requireEnd();
        return stat;
    }

    /** The body of create and sync. */
    public String path() {
        JuteReader body = ok().body();
        String path = body.requiredString();
        body.requireEnd();
        return path;
    }

    /** The body of create2, createContainer and createTTL. */
    public Node.Created created() {
        JuteReader body = ok().body();
        Node.Created created = Node.Created.read(body);
        body.requireEnd();
        return created;
    }

    /** The body of getData. */
    public Node.Data data() {
        JuteReader body = ok().body();
        Node.Data data = Node.Data.read(body);
        body.requireEnd();
        return data;
    }

    /** The body of getChildren: names in the order in which they came. */
    public List<String> children() {
        JuteReader body = ok().body();
        List<String> children = body.strings();
        body.requireEnd();
        return children;
    }

    /** The body of getChildren2. */
    public Node.Children childrenAndStat() {
        JuteReader body = ok().body();
        Node.Children children = new Node.Children(body.strings(), Stat.read(body));
        body.requireEnd();
        return children;
    }

    /** The body of getACL. */
    public Node.Acls acls() {
        JuteReader body = ok().body();
        Node.Acls acls = new Node.Acls(body.vector(Acl::read), Stat.read(body));
        body.requireEnd();
        return acls;
    }

    /** The body of getAllChildrenNumber and addWatch: one int. */
    public int number() {
        JuteReader body = ok().body();
        int number = body.integer();
        body.requireEnd();
        return number;
    }
}
