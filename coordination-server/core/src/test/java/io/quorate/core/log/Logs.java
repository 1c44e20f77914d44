package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;

/** Small logs for tests. */
final class Logs {

    /** Small enough that files have a few hundred bytes. */
    static final LogOptions SMALL = new LogOptions(128, 256, 256, 160, 1_000);

    private Logs() {}

    static ByteBuffer payload(long zxid) {
        Txn txn = new Txn(7, 1, zxid, 1_000, new TxnBody.SetData(NodePath.of("/a"), new byte[] {1, 2}, 3), 99L);
        WireWriter out = new WireWriter(64);
        TxnCodec.write(txn, out);
        return ByteBuffer.wrap(out.toByteArray());
    }

    static LogWriter writer(MemoryDisk disk, long lastZxid) {
        LogWriter writer = new LogWriter(disk, new TicketSource(), SMALL, lastZxid);
        settle(disk, writer);
        return writer;
    }

    static void completeOne(MemoryDisk disk, LogWriter writer) {
        disk.completeOne((ticket, outcome) -> assertThat(writer.onDiskCompleted(ticket, outcome))
                .as("ticket recognised")
                .isTrue());
    }

    /** Turns until nothing is under way. */
    static void settle(MemoryDisk disk, LogWriter writer) {
        do {
            while (disk.isBusy()) {
                completeOne(disk, writer);
            }
            writer.endOfTurn();
        } while (disk.isBusy());
    }

    /** One turn for each zxid, everything durable afterwards; a roll before each zxid that is negated. */
    static void append(MemoryDisk disk, LogWriter writer, long... zxids) {
        for (long zxid : zxids) {
            if (zxid < 0) {
                writer.roll();
            }
            writer.append(Math.abs(zxid), payload(Math.abs(zxid)));
            settle(disk, writer);
        }
    }

    /** Until the mark says of everything durable that it is. */
    static void passMarkPause(MemoryDisk disk, LogWriter writer) {
        writer.onTime(LogWriter.UNMARKED_NANOS);
        settle(disk, writer);
    }

    static List<Long> recover(MemoryDisk disk, long snapshotZxid) {
        List<Long> zxids = new ArrayList<>();
        RecoveredLog recovered =
                new LogRecovery(disk, SMALL).replay(snapshotZxid, (txn, payload) -> zxids.add(txn.zxid()));
        long last = zxids.isEmpty() ? snapshotZxid : zxids.get(zxids.size() - 1);
        if (recovered.lastZxid() != last) {
            throw new AssertionError("last zxid " + Zxid.format(recovered.lastZxid()) + " after " + zxids);
        }
        return zxids;
    }

    /** The file as the reference writes it: no durable mark. */
    static void removeMark(MemoryDisk disk, DiskFile file) {
        Arrays.fill(disk.files.get(file), LogFormat.MARK_OFFSET, LogFormat.HEADER_BYTES, (byte) 0);
    }

    /** A whole file as the reference writes it. */
    static void writeAsReference(MemoryDisk disk, long... zxids) {
        ByteBuffer file = ByteBuffer.allocate(LogFormat.HEADER_BYTES + zxids.length * recordBytes());
        file.putInt(LogFormat.MAGIC).putInt(2).position(LogFormat.HEADER_BYTES);
        for (long zxid : zxids) {
            ByteBuffer payload = payload(zxid);
            Adler32 checksum = new Adler32();
            checksum.update(payload.duplicate());
            file.putLong(checksum.getValue()).putInt(payload.remaining()).put(payload);
            file.put(LogFormat.END_MARKER);
        }
        disk.files.put(SegmentCatalog.fileOf(zxids[0]), file.array());
    }

    static void setMark(MemoryDisk disk, DiskFile file, long offset) {
        ByteBuffer.wrap(disk.files.get(file)).putLong(LogFormat.MARK_OFFSET, LogFormat.encodeMark(offset));
    }

    static int recordBytes() {
        return LogFormat.recordBytes(payload(1).remaining());
    }
}
