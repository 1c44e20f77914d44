package io.quorate.runtime.netty;

import io.quorate.core.port.ConnectionView;
import io.quorate.core.replica.AdminView;
import java.net.InetSocketAddress;

/** {@code cons}, and the short form inside {@code stat}. */
final class ConnectionReport {

    /** What the reference shows for a connection that is read from. */
    private static final int INTEREST_READ = 1;

    private ConnectionReport() {}

    static String render(AdminView admin, ClientPort port) {
        StringBuilder out = new StringBuilder(256);
        for (ConnectionView view : admin.connections()) {
            appendBeginning(out, view, port);
            if (view.sessionId() != 0) {
                appendSession(out, view);
            }
            out.append(")\n");
        }
        return out.append('\n').toString();
    }

    static void appendShort(StringBuilder out, ConnectionView view, ClientPort port) {
        appendBeginning(out, view, port);
        out.append(")\n");
    }

    private static void appendBeginning(StringBuilder out, ConnectionView view, ClientPort port) {
        InetSocketAddress remote = port.remoteOf(view.link());
        out.append(" /").append(view.address()).append(':').append(remote == null ? 0 : remote.getPort());
        out.append('[')
                .append(view.sessionId() == 0 ? 0 : INTEREST_READ)
                .append("](queued=")
                .append(view.queued());
        out.append(",recved=").append(view.received()).append(",sent=").append(view.sent());
    }

    private static void appendSession(StringBuilder out, ConnectionView view) {
        out.append(",sid=0x").append(Long.toHexString(view.sessionId()));
        out.append(",lop=").append(view.lastOperation());
        out.append(",est=").append(view.openedMillis());
        out.append(",to=").append(view.timeoutMillis());
        if (view.lastXid() > 0) {
            out.append(",lcxid=0x").append(Integer.toHexString(view.lastXid()));
        }
        out.append(",lzxid=0x").append(Long.toHexString(view.lastZxid()));
        out.append(",lresp=").append(view.lastReplyMillis());
        out.append(",llat=").append(view.lastLatencyMillis());
        out.append(",minlat=").append(view.minLatencyMillis());
        out.append(",avglat=").append(view.averageLatencyMillis());
        out.append(",maxlat=").append(view.maxLatencyMillis());
    }
}
