package io.quorate.runtime.kit.wire;

import java.util.ArrayList;
import java.util.List;

/** Builds multi and multiRead requests and reads their replies (client protocol 6). */
public final class Multi {

    private final JuteWriter request = new JuteWriter();

    /** Adds one operation behind its MultiHeader. */
    public Multi add(int opcode, JuteWriter body) {
        request.integer(opcode).bool(false).integer(-1).raw(body.toBytes());
        return this;
    }

    public Multi create(String path) {
        return add(Op.CREATE, Bodies.create(path, Bodies.bytes("d"), Acl.OPEN, Flags.PERSISTENT));
    }

    public Multi delete(String path, int version) {
        return add(Op.DELETE, Bodies.pathAndInt(path, version));
    }

    public Multi setData(String path, String data, int version) {
        return add(Op.SET_DATA, Bodies.setData(path, Bodies.bytes(data), version));
    }

    public Multi check(String path, int version) {
        return add(Op.CHECK, Bodies.pathAndInt(path, version));
    }

    /** The request body with its terminator. */
    public JuteWriter body() {
        return new JuteWriter().raw(request.toBytes()).integer(-1).bool(true).integer(-1);
    }

    /**
     * One result.
     *
     * @param type operation, or -1 for an error
     * @param err the error of the header
     * @param value the decoded body: a path, a Created, a Stat, a Data, names, an Integer (error) or "" for none
     */
    public record Result(int type, int err, Object value) {}

    /** Reads all results up to the terminator and asserts the terminator's form and the end of the frame. */
    public static List<Result> results(Reply reply) {
        JuteReader body = reply.ok().body();
        List<Result> results = new ArrayList<>();
        while (true) {
            int type = body.integer();
            boolean done = body.bool();
            int err = body.integer();
            if (done) {
                if (type != -1 || err != -1) {
                    throw new AssertionError("The terminator is {" + type + ", 1, " + err + "} and not {-1, 1, -1}");
                }
                body.requireEnd();
                return results;
            }
            results.add(new Result(type, err, value(type, body)));
        }
    }

    /** The codes of a failed multi; asserts that every result is an error result that repeats its header's code. */
    public static List<Integer> errors(Reply reply) {
        List<Integer> codes = new ArrayList<>();
        for (Result result : results(reply)) {
            if (result.type() != Op.ERROR || !result.value().equals(result.err())) {
                throw new AssertionError("Not an error result: " + result);
            }
            codes.add(result.err());
        }
        return codes;
    }

    private static Object value(int type, JuteReader body) {
        return switch (type) {
            case Op.CREATE -> body.requiredString();
            case Op.CREATE2 -> Node.Created.read(body);
            case Op.SET_DATA -> Stat.read(body);
            case Op.GET_DATA -> Node.Data.read(body);
            case Op.GET_CHILDREN -> body.strings();
            case Op.ERROR -> body.integer();
            default -> "";
        };
    }
}
