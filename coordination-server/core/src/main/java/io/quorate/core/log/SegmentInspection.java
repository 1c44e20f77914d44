package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads one log file for people, and changes nothing: neither the file nor what a recovery would make of it. */
public final class SegmentInspection {

    /** What lies behind the last intact transaction. */
    public enum End {
        /** Zeros, or nothing. */
        CLEAN,
        /** Something that is no intact record, with none behind it: what a crash leaves of a write. */
        TORN,
        /** Damage to what may have been acknowledged, or no log at all. */
        CORRUPT
    }

    /**
     * What the file holds.
     *
     * @param records intact transactions
     * @param firstZxid of the first one; -1 without any
     * @param lastZxid of the last one; -1 without any
     * @param endBytes where the last one ends
     * @param problem what is wrong there; empty where the end is clean
     */
    public record Result(
            long records, long firstZxid, long lastZxid, long endBytes, long sizeBytes, End end, String problem) {}

    /** No transaction is longer, whatever the server that wrote it was configured to. */
    private static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskImage image;
    private final DiskFile file;
    private final int maxPayloadBytes;
    private final ByteBuffer buffer;
    private long records;
    private long firstZxid = -1;
    private long lastZxid = -1;

    private SegmentInspection(DiskImage image, DiskFile file) {
        this.image = image;
        this.file = file;
        maxPayloadBytes =
                (int) Math.min(MAX_PAYLOAD_BYTES, Math.max(LogFormat.MIN_PAYLOAD_BYTES, image.sizeBytes(file)));
        buffer = ByteBuffer.allocate(Math.max(WINDOW_BYTES, LogFormat.recordBytes(maxPayloadBytes)));
    }

    /**
     * Reads the file to its end, or to the first place that is no intact transaction.
     *
     * @throws io.quorate.core.port.DiskFailure when the medium refuses
     */
    public static Result read(DiskImage image, DiskFile file, Consumer<Txn> transactions) {
        return new SegmentInspection(image, file).read(transactions);
    }

    private Result read(Consumer<Txn> transactions) {
        SegmentReader reader = new SegmentReader(image, file, buffer.clear(), maxPayloadBytes);
        if (reader.header() == SegmentReader.Header.WRONG) {
            return result(reader, 0, End.CORRUPT, "no transaction log: it does not begin with a log's header");
        }
        if (reader.header() == SegmentReader.Header.BLANK) {
            return result(reader, 0, End.CLEAN, "");
        }
        long start = reader.offset();
        for (ByteBuffer payload = reader.next(); payload.hasRemaining(); payload = reader.next()) {
            Txn txn;
            try {
                txn = TxnCodec.read(payload);
            } catch (MalformedRecord unknown) {
                return result(
                        reader,
                        start,
                        End.CORRUPT,
                        "an intact record that is no known transaction (" + unknown.getMessage() + ")");
            }
            records++;
            firstZxid = records == 1 ? txn.zxid() : firstZxid;
            lastZxid = txn.zxid();
            transactions.accept(txn);
            start = reader.offset();
        }
        return reader.damage().isEmpty() ? result(reader, start, End.CLEAN, "") : damaged(reader, start);
    }

    private Result damaged(SegmentReader reader, long end) {
        String damage = reader.damage();
        long intact =
                new RecordSearch(image, file, buffer.clear(), maxPayloadBytes).find(end + 1, Math.max(0, lastZxid));
        return intact == RecordSearch.NOT_FOUND
                ? result(reader, end, End.TORN, damage)
                : result(reader, end, End.CORRUPT, damage + ", with an intact later record at offset " + intact);
    }

    private Result result(SegmentReader reader, long endBytes, End end, String problem) {
        return new Result(records, firstZxid, lastZxid, endBytes, reader.sizeBytes(), end, problem);
    }
}
