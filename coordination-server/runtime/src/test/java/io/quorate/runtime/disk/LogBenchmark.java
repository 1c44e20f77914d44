package io.quorate.runtime.disk;

import io.quorate.core.base.NodePath;
import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.log.LogWriter;
import io.quorate.core.log.RecoveredLog;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the log over a real disk: records and forces per second with a bounded number of records under way, and how
 * fast it is read back. Run by hand: {@code LogBenchmark <directory> <records> <under way> <data bytes>}.
 */
final class LogBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(LogBenchmark.class);
    private static final long FIRST = 0x1_0000_0001L;

    private final LogWriter log;
    private final NioDisk disk;
    private final Thread owner = Thread.currentThread();
    private long turnsWithForce;

    private LogBenchmark(DataDirectories directories) {
        disk = new NioDisk("log-lane", directories, () -> LockSupport.unpark(owner));
        log = new LogWriter(disk, new TicketSource(), LogOptions.defaults(), 0);
        disk.start();
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        long records = Long.parseLong(arguments[1]);
        int underWay = Integer.parseInt(arguments[2]);
        int dataBytes = Integer.parseInt(arguments[3]);
        try (DataDirectories directories = DataDirectories.open(directory, directory, true)) {
            LogBenchmark benchmark = new LogBenchmark(directories);
            benchmark.write(records, underWay, dataBytes);
            benchmark.disk.stop(benchmark.log::onDiskCompleted);
            read(directories);
        }
    }

    private void write(long records, int underWay, int dataBytes) {
        WireWriter out = new WireWriter(256);
        TxnBody body = new TxnBody.SetData(NodePath.of("/benchmark/node"), new byte[dataBytes], 1);
        TxnCodec.write(new Txn(1, 2, FIRST, 3, body, 5L), out);
        ByteBuffer payload = ByteBuffer.wrap(out.toByteArray());
        long next = FIRST;
        long end = FIRST + records;
        long started = System.nanoTime();
        long longestNanos = 0;
        long progress = started;
        while (log.durableZxid() < end - 1) {
            long durable = log.durableZxid();
            log.onTime(System.nanoTime());
            disk.drainCompletions(log::onDiskCompleted);
            if (log.durableZxid() != durable) {
                long now = System.nanoTime();
                longestNanos = Math.max(longestNanos, now - progress);
                progress = now;
            }
            long limit = Math.min(end, Math.max(log.durableZxid() + 1, FIRST) + underWay);
            boolean appended = next < limit && log.acceptsAppends();
            while (next < limit && log.acceptsAppends()) {
                log.append(next, payload.putLong(12, next));
                next++;
            }
            if (log.recordsSinceRoll() >= 100_000) {
                log.roll();
            }
            turnsWithForce += appended ? 1 : 0;
            log.endOfTurn();
            if (!appended) {
                LockSupport.parkNanos(1_000_000);
            }
            if (log.fatalFailure() != null) {
                throw new IllegalStateException(log.fatalFailure());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        LOG.info(
                "{} records of {} bytes in {} s: {} records/s, {} forces asked/s, longest time without progress {} ms",
                records,
                payload.remaining() + LogWriter.RECORD_OVERHEAD_BYTES,
                seconds,
                Math.round(records / seconds),
                Math.round(turnsWithForce / seconds),
                longestNanos / 1_000_000);
    }

    private static void read(DataDirectories directories) {
        long started = System.nanoTime();
        RecoveredLog recovered =
                new LogRecovery(new NioDiskImage(directories), LogOptions.defaults()).replay(0, (txn, payload) -> {});
        double seconds = (System.nanoTime() - started) / 1e9;
        long bytes = recovered.segments().stream()
                .mapToLong(RecoveredLog.Segment::endBytes)
                .sum();
        LOG.info("read back {} MB in {} s: {} MB/s", bytes >> 20, seconds, Math.round((bytes >> 20) / seconds));
    }
}
