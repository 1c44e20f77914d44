package io.quorate.runtime.proof;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.txn.CreateTxn;
import org.apache.zookeeper.txn.TxnHeader;

/** Data directories whose past has not happened, written by the classes with which ZooKeeper writes its own. */
final class StagedData {

    private static final long TIME_MILLIS = 1_700_000_000_000L;

    private StagedData() {}

    /** The node that the transaction of this zxid creates. */
    static String node(long zxid) {
        return "/z" + Long.toHexString(zxid);
    }

    /**
     * A database that began empty and has these transactions.
     *
     * @param epoch the current and the accepted one
     * @param zxids ascending
     */
    static void write(Path data, long epoch, long... zxids) {
        try {
            File directory = Files.createDirectories(data).toFile();
            FileTxnSnapLog files = new FileTxnSnapLog(directory, directory);
            files.save(new DataTree(), new ConcurrentHashMap<>(), false);
            for (int i = 0; i < zxids.length; i++) {
                TxnHeader header = new TxnHeader(0, 0, zxids[i], TIME_MILLIS, ZooDefs.OpCode.create);
                byte[] content = node(zxids[i]).getBytes(StandardCharsets.US_ASCII);
                files.append(new Request(
                        header,
                        new CreateTxn(node(zxids[i]), content, ZooDefs.Ids.OPEN_ACL_UNSAFE, false, i + 1),
                        null));
            }
            files.commit();
            files.close();
            for (String name : new String[] {"currentEpoch", "acceptedEpoch"}) {
                Files.writeString(data.resolve("version-2").resolve(name), String.valueOf(epoch));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + data, failed);
        }
    }
}
