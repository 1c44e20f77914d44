package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes nodes of every kind, with every kind of access, and changes some of them. */
final class TreeOfAllKinds {

    /** Who may read the nodes that are not for everybody. */
    static final String CREDENTIALS = "reader:secret";

    private static final String DIGEST_ID = "reader:" + digestOf(CREDENTIALS);
    private static final List<Acl> RESTRICTED =
            List.of(new Acl(31, "digest", DIGEST_ID), new Acl(1, "world", "anyone"), new Acl(3, "ip", "10.0.0.0/8"));
    private static final List<Acl> PRIVATE = List.of(new Acl(31, "digest", DIGEST_ID));
    private static final int CHILDREN_PER_PARENT = 250;
    private static final int KINDS = 12;
    private static final int LARGE_BYTES = 1_040_000;
    private static final int MANY_ENTRIES = 200;
    private static final long TTL_MILLIS = 3_600_000;

    private final Pipeline pipeline;
    private final String root;

    TreeOfAllKinds(KitSession session, String root) {
        this.pipeline = new Pipeline(session);
        this.root = root;
    }

    private static String digestOf(String credentials) {
        try {
            return java.util.Base64.getEncoder()
                    .encodeToString(java.security.MessageDigest.getInstance("SHA1")
                            .digest(credentials.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Creates about so many nodes. */
    void write(int nodes) {
        pipeline.send(Op.CREATE, Bodies.create(root, Bodies.bytes("root"), Acl.OPEN, Flags.PERSISTENT));
        writeQuota();
        for (int i = 0; i < nodes; i++) {
            if (i % CHILDREN_PER_PARENT == 0) {
                pipeline.send(Op.CREATE, Bodies.create(parent(i), null, Acl.OPEN, Flags.PERSISTENT));
            }
            create(i);
        }
        pipeline.finish();
        for (int i = 0; i < nodes; i += KINDS) {
            change(i);
        }
        pipeline.finish();
    }

    /** As large a node as one request can bring, and access lists as long and odd as they come. */
    void writeExtremes() {
        byte[] large = new byte[LARGE_BYTES];
        new Random(LARGE_BYTES).nextBytes(large);
        pipeline.send(Op.CREATE, Bodies.create(root + "/large", large, Acl.OPEN, Flags.PERSISTENT));
        List<Acl> many =
                new ArrayList<>(List.of(Acl.world(Acl.READ), new Acl(31, "digest", "g\u00fcnther \u20ac:x y=")));
        for (int i = 0; i < MANY_ENTRIES; i++) {
            many.add(new Acl(i % 32, "ip", "10.1." + i + ".0/" + (i % 33)));
        }
        many.add(new Acl(0, "digest", "nobody:nothing"));
        pipeline.send(Op.CREATE, Bodies.create(root + "/many", null, many, Flags.PERSISTENT));
        pipeline.finish();
    }

    private String parent(int number) {
        return root + "/p" + number / CHILDREN_PER_PARENT;
    }

    private void create(int number) {
        String path = parent(number) + "/n" + number;
        byte[] data = Bodies.bytes("data of " + number);
        switch (number % KINDS) {
            case 0, 1 -> pipeline.send(Op.CREATE, Bodies.create(path, data, Acl.OPEN, Flags.PERSISTENT));
            case 2 -> pipeline.send(Op.CREATE2, Bodies.create(path, null, Acl.OPEN, Flags.PERSISTENT));
            case 3 -> pipeline.send(Op.CREATE, Bodies.create(path, new byte[0], Acl.OPEN, Flags.PERSISTENT));
            case 4 -> pipeline.send(Op.CREATE, Bodies.create(path + "-", data, Acl.OPEN, Flags.PERSISTENT_SEQUENTIAL));
            case 5 -> pipeline.send(Op.CREATE, Bodies.create(path, data, Acl.OPEN, Flags.EPHEMERAL));
            case 6 -> pipeline.send(Op.CREATE2, Bodies.create(path + "-", data, Acl.OPEN, Flags.EPHEMERAL_SEQUENTIAL));
            case 7 -> pipeline.send(Op.CREATE_CONTAINER, Bodies.create(path, data, Acl.OPEN, Flags.CONTAINER));
            case 8 ->
                pipeline.send(
                        Op.CREATE_TTL, Bodies.createTtl(path, data, Acl.OPEN, Flags.PERSISTENT_WITH_TTL, TTL_MILLIS));
            case 9 ->
                pipeline.send(
                        Op.CREATE_TTL,
                        Bodies.createTtl(
                                path + "-", data, RESTRICTED, Flags.PERSISTENT_SEQUENTIAL_WITH_TTL, TTL_MILLIS));
            case 10 -> pipeline.send(Op.CREATE, Bodies.create(path, data, PRIVATE, Flags.PERSISTENT));
            default ->
                pipeline.send(
                        Op.CREATE, Bodies.create(path, new byte[3000 + number % 500], RESTRICTED, Flags.PERSISTENT));
        }
    }

    /** Of every dozen: one set, one deleted, one with other access, and a multi that creates, checks and deletes. */
    private void change(int number) {
        String set = parent(number) + "/n" + number;
        pipeline.send(Op.SET_DATA, Bodies.setData(set, Bodies.bytes("changed " + number), 0));
        pipeline.send(Op.SET_ACL, Bodies.setAcl(set, RESTRICTED, 0));
        if ((number + 2) / CHILDREN_PER_PARENT == number / CHILDREN_PER_PARENT) {
            pipeline.send(Op.DELETE, Bodies.pathAndInt(parent(number + 2) + "/n" + (number + 2), 0), reply -> {});
            Multi multi = new Multi()
                    .create(set + "/a")
                    .setData(set + "/a", "twice", 0)
                    .create(set + "/b")
                    .delete(set + "/b", 0)
                    .check(set + "/a", 1);
            pipeline.send(Op.MULTI, multi.body());
        }
    }

    private void writeQuota() {
        String quota = "/zookeeper/quota" + root;
        pipeline.send(Op.CREATE, Bodies.create(quota, Bodies.bytes(""), Acl.OPEN, Flags.PERSISTENT));
        pipeline.send(
                Op.CREATE,
                Bodies.create(
                        quota + "/zookeeper_limits",
                        Bodies.bytes("count=1000000,bytes=100000000"),
                        Acl.OPEN,
                        Flags.PERSISTENT));
        pipeline.send(
                Op.CREATE,
                Bodies.create(quota + "/zookeeper_stats", Bodies.bytes("count=0,bytes=0"), Acl.OPEN, Flags.PERSISTENT));
    }
}
