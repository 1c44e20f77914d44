package io.quorate.simulation.check;

import io.quorate.simulation.history.NodeStat;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node of the model. */
final class ModelNode {

    @Nullable
    String data;

    long czxid;
    long mzxid;
    long pzxid;
    long ctime;
    long mtime;
    int version;
    /** Children that there have ever been. */
    int creations;
    /** 0 unless ephemeral. */
    long owner;

    boolean container;
    final TreeSet<String> children = new TreeSet<>();

    /** Visible cversion: creations and deletions of children (client protocol 5.3). */
    NodeStat stat() {
        int length = data == null ? 0 : data.getBytes(StandardCharsets.UTF_8).length;
        int cversion = 2 * creations - children.size();
        return new NodeStat(czxid, mzxid, ctime, mtime, version, cversion, 0, owner, length, children.size(), pzxid);
    }
}
