package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.Op;
import java.util.List;

/** Well-formed messages of every kind that a client may send, below a node that is there to be hurt. */
final class HostileShapes {

    static final String ROOT = "/hostile";

    private static final String NODE = ROOT + "/node";

    private HostileShapes() {}

    static HostileMessage handshake() {
        return new HostileMessage()
                .integer(0)
                .longInteger(0)
                .integer(6000)
                .longInteger(0)
                .string("0123456789abcdef")
                .bool(false);
    }

    /** Of operations that leave the connection open, however broken they are behind their header. */
    static List<HostileMessage> requests() {
        return List.of(
                create(Op.CREATE, 0),
                create(Op.CREATE, 1),
                create(Op.CREATE, 3),
                create(Op.CREATE2, 0),
                create(Op.CREATE_CONTAINER, 4),
                create(Op.CREATE_TTL, 5).longInteger(60_000),
                HostileMessage.request(Op.DELETE).string(NODE).integer(-1),
                HostileMessage.request(Op.EXISTS).string(NODE).bool(true),
                HostileMessage.request(Op.GET_DATA).string(NODE).bool(true),
                HostileMessage.request(Op.SET_DATA).string(NODE).string("data").integer(-1),
                HostileMessage.request(Op.GET_ACL).string(NODE),
                HostileMessage.request(Op.SET_ACL).string(NODE).openAcl().integer(-1),
                HostileMessage.request(Op.GET_CHILDREN).string(NODE).bool(true),
                HostileMessage.request(Op.SYNC).string(NODE),
                HostileMessage.request(Op.PING),
                HostileMessage.request(Op.GET_CHILDREN2).string(NODE).bool(false),
                multi(),
                multiRead(),
                HostileMessage.request(Op.RECONFIG)
                        .string("server.9=127.0.0.1:1:2")
                        .string("1")
                        .string("")
                        .longInteger(-1),
                HostileMessage.request(Op.CHECK_WATCHES).string(NODE).integer(3),
                HostileMessage.request(Op.REMOVE_WATCHES).string(NODE).integer(3),
                HostileMessage.request(Op.GET_EPHEMERALS).string(ROOT),
                HostileMessage.request(Op.GET_ALL_CHILDREN_NUMBER).string(ROOT),
                HostileMessage.request(Op.ADD_WATCH).string(NODE).integer(1),
                HostileMessage.request(Op.WHO_AM_I),
                HostileMessage.request(Op.SET_WATCHES)
                        .longInteger(1)
                        .strings(NODE, ROOT)
                        .strings(ROOT + "/absent")
                        .strings(NODE),
                HostileMessage.request(Op.SET_WATCHES2)
                        .longInteger(1)
                        .strings(NODE)
                        .strings()
                        .strings(NODE)
                        .strings(NODE)
                        .strings(ROOT));
    }

    /** Of operations that end the connection when they are broken, or at any rate. */
    static List<HostileMessage> lastRequests() {
        return List.of(
                HostileMessage.request(Op.AUTH).integer(0).string("digest").string("user:password"),
                HostileMessage.request(Op.SASL).string("token"),
                HostileMessage.request(Op.CLOSE_SESSION),
                HostileMessage.request(Op.CHECK).string(NODE).integer(0),
                HostileMessage.request(Op.DELETE_CONTAINER).string(NODE),
                HostileMessage.request(Op.CREATE_SESSION).integer(6000));
    }

    private static HostileMessage create(int opcode, int flags) {
        return HostileMessage.request(opcode)
                .string(NODE)
                .string("data")
                .openAcl()
                .integer(flags);
    }

    private static HostileMessage multi() {
        return HostileMessage.request(Op.MULTI)
                .multiHeader(Op.CREATE, false)
                .string(NODE + "/child")
                .string("data")
                .openAcl()
                .integer(0)
                .multiHeader(Op.SET_DATA, false)
                .string(NODE)
                .string("more")
                .integer(-1)
                .multiHeader(Op.CHECK, false)
                .string(NODE)
                .integer(-1)
                .multiHeader(Op.DELETE, false)
                .string(NODE + "/child")
                .integer(-1)
                .multiHeader(-1, true);
    }

    private static HostileMessage multiRead() {
        return HostileMessage.request(Op.MULTI_READ)
                .multiHeader(Op.GET_DATA, false)
                .string(NODE)
                .bool(false)
                .multiHeader(Op.GET_CHILDREN, false)
                .string(ROOT)
                .bool(false)
                .multiHeader(-1, true);
    }
}
