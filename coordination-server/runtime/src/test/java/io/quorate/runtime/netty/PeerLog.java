package io.quorate.runtime.netty;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks.Purpose;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a member is told, as lines. */
final class PeerLog implements PeerInputs {

    private final List<String> lines = new ArrayList<>();

    /** What has been told since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void onPeerAccepted(long link, Purpose purpose, String address) {
        lines.add("accepted " + link + " " + purpose + " " + address);
    }

    @Override
    public void onPeerConnected(long link) {
        lines.add("connected " + link);
    }

    @Override
    public void onPeerBytes(long link, ByteBuffer bytes) {
        StringBuilder text = new StringBuilder("bytes " + link);
        while (bytes.hasRemaining() && text.length() < 100) {
            text.append(' ').append(bytes.get());
        }
        lines.add(text.toString());
    }

    @Override
    public void onPeerWritable(long link, boolean writable) {
        lines.add((writable ? "writable " : "full ") + link);
    }

    @Override
    public void onPeerClosed(long link) {
        lines.add("closed " + link);
    }
}
