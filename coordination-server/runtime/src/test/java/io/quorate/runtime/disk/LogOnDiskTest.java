package io.quorate.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.wire.WireWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jute.BinaryInputArchive;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.TxnLog;
import org.apache.zookeeper.txn.SetDataTxn;
import org.apache.zookeeper.txn.TxnHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real disk, read back by ourselves and by the reference, and the reference's read by us. */
class LogOnDiskTest {

    private static final long Z = 0x1_0000_0000L;
    private static final LogOptions OPTIONS =
            new LogOptions(BinaryInputArchive.maxBuffer, 4_096, 65_536, 4 << 20, 1_000_000);

    @TempDir
    private Path directory;

    @Test
    void theReferenceReadsWhatWeWrite() throws IOException {
        write(1, 100);
        assertThat(readByReference()).isEqualTo(zxids(100));
        write(101, 150);
        assertThat(readByReference()).isEqualTo(zxids(150));
        assertThat(recover()).isEqualTo(zxids(150));
    }

    @Test
    void weReadWhatTheReferenceWrites() throws IOException {
        DataDirectories.open(directory, directory, true).close();
        FileTxnLog log = new FileTxnLog(directory.resolve("version-2").toFile());
        for (int i = 1; i <= 100; i++) {
            if (i % 30 == 0) {
                log.rollLog();
            }
            TxnHeader header = new TxnHeader(1, 2, Z + i, 3, 5);
            SetDataTxn record = new SetDataTxn("/a", new byte[i], i);
            log.append(new Request(1, 2, 5, header, record, Z + i));
            log.commit();
        }
        log.close();

        assertThat(recover()).isEqualTo(zxids(100));
        write(101, 120);
        assertThat(readByReference()).isEqualTo(zxids(120));
    }

    private static List<Long> zxids(int last) {
        List<Long> zxids = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            zxids.add(Z + i);
        }
        return zxids;
    }

    private List<Long> recover() throws IOException {
        List<Long> zxids = new ArrayList<>();
        try (DataDirectories directories = DataDirectories.open(directory, directory, true)) {
            new LogRecovery(new NioDiskImage(directories), OPTIONS).replay(0, (txn, payload) -> zxids.add(txn.zxid()));
        }
        return zxids;
    }

    private List<Long> readByReference() throws IOException {
        List<Long> zxids = new ArrayList<>();
        TxnLog log = new FileTxnLog(directory.resolve("version-2").toFile());
        try (TxnLog.TxnIterator records = log.read(0)) {
            for (boolean more = records.getHeader() != null; more; more = records.next()) {
                zxids.add(records.getHeader().getZxid());
            }
        }
        log.close();
        return zxids;
    }

    /** Appends these, rolling now and then, and waits until they are durable. */
    private void write(int from, int to) throws IOException {
        try (DataDirectories directories = DataDirectories.open(directory, directory, true)) {
            TestLane lane = new TestLane(directories);
            LogWriter log = new LogWriter(lane.disk(), new TicketSource(), OPTIONS, from == 1 ? 0 : Z + from - 1);
            WireWriter out = new WireWriter(256);
            for (int i = from; i <= to; i++) {
                while (!log.acceptsAppends()) {
                    turn(lane, log);
                }
                if (i % 40 == 0) {
                    log.roll();
                }
                out.clear();
                TxnBody body = new TxnBody.SetData(NodePath.of("/a"), new byte[i * 7 % 900], i);
                TxnCodec.write(new Txn(1, 2, Z + i, 3, body, 5L), out);
                log.append(Z + i, out.written());
                log.endOfTurn();
            }
            while (log.hasPending()) {
                turn(lane, log);
            }
            log.endOfTurn();
            lane.stop();
        }
    }

    private static void turn(TestLane lane, LogWriter log) {
        lane.awaitCompletions((ticket, outcome) ->
                assertThat(log.onDiskCompleted(ticket, outcome)).isTrue());
        log.endOfTurn();
        assertThat(log.fatalFailure()).isNull();
    }
}
