package io.quorate.simulation.client;

import io.quorate.simulation.history.Request;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests to frames (client protocol 2.1, 3.2, 6.1). */
final class RequestEncoder {

    private static final int PING_XID = -2;
    private static final int PING = 11;
    private static final int ANY_WATCHER = 3;
    /** The only kind that multiRead knows. */
    private static final int PLAIN_GET_CHILDREN = 8;

    private RequestEncoder() {}

    static ByteBuffer connect(long lastZxidSeen, int timeoutMillis, long session, byte[] password) {
        return new FrameWriter()
                .int32(0)
                .int64(lastZxidSeen)
                .int32(timeoutMillis)
                .int64(session)
                .bytes(password)
                .bool(false)
                .frame();
    }

    static ByteBuffer ping() {
        return new FrameWriter().int32(PING_XID).int32(PING).frame();
    }

    static ByteBuffer encode(int xid, Request request) {
        FrameWriter out = new FrameWriter().int32(xid).int32(request.opCode());
        body(out, request);
        return out.frame();
    }

    private static void body(FrameWriter out, Request request) {
        if (request instanceof Request.Multi multi) {
            parts(out, multi.parts());
        } else if (request instanceof Request.MultiRead multi) {
            parts(out, multi.parts());
        } else if (request.isWrite()) {
            write(out, request);
        } else {
            read(out, request);
        }
    }

    private static void parts(FrameWriter out, List<Request> parts) {
        for (Request part : parts) {
            boolean children = part instanceof Request.GetChildren;
            out.int32(children ? PLAIN_GET_CHILDREN : part.opCode()).bool(false).int32(-1);
            body(out, part);
        }
        out.int32(-1).bool(true).int32(-1);
    }

    private static void write(FrameWriter out, Request request) {
        if (request instanceof Request.Create create) {
            out.text(create.path())
                    .text(create.data())
                    .openAcl()
                    .int32(create.kind().flags());
        } else if (request instanceof Request.Delete delete) {
            out.text(delete.path()).int32(delete.version());
        } else if (request instanceof Request.SetData set) {
            out.text(set.path()).text(set.data()).int32(set.version());
        } else if (request instanceof Request.Check check) {
            out.text(check.path()).int32(check.version());
        }
    }

    private static void read(FrameWriter out, Request request) {
        if (request instanceof Request.Exists exists) {
            out.text(exists.path()).bool(exists.watch());
        } else if (request instanceof Request.GetData get) {
            out.text(get.path()).bool(get.watch());
        } else if (request instanceof Request.GetChildren get) {
            out.text(get.path()).bool(get.watch());
        } else if (request instanceof Request.GetEphemerals get) {
            out.text(get.prefix());
        } else if (request instanceof Request.CountDescendants count) {
            out.text(count.path());
        } else if (request instanceof Request.Sync sync) {
            out.text(sync.path());
        } else {
            watches(out, request);
        }
    }

    private static void watches(FrameWriter out, Request request) {
        if (request instanceof Request.AddWatch add) {
            out.text(add.path()).int32(add.recursive() ? 1 : 0);
        } else if (request instanceof Request.RemoveWatches remove) {
            out.text(remove.path()).int32(ANY_WATCHER);
        } else if (request instanceof Request.SetWatches set) {
            out.int64(set.relativeZxid()).texts(set.data()).texts(set.exist()).texts(set.child());
            out.texts(set.persistent()).texts(set.recursive());
        } else {
            throw new IllegalArgumentException("no encoding for " + request);
        }
    }
}
