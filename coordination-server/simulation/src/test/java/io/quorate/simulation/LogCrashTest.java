package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writing and recovering a log through crashes, full disks and failed forces: what was reported durable is there,
 * nothing is there that was not written, order is kept, and a crash is never taken for damage.
 */
class LogCrashTest {

    private static final int SEEDS = 3_000;
    private static final int LIVES = 5;
    private static final LogOptions OPTIONS = new LogOptions(6_000, 2_048, 8_192, 16_384, 1_000_000);

    @Test
    void keepsWhatItReportedDurable() {
        int fullDisks = 0;
        int failedForces = 0;
        int longest = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed);
            try {
                run.live();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            fullDisks += run.fullDisks;
            failedForces += run.failedForces;
            longest = Math.max(longest, run.written.size());
        }
        // The runs met what they are for.
        assertThat(fullDisks).isGreaterThan(SEEDS / 20);
        assertThat(failedForces).isGreaterThan(SEEDS / 20);
        assertThat(longest).isGreaterThan(200);
    }

    private static final class Run {

        private final SimRandom random;
        private final SimRandom choices;
        private final SimScheduler scheduler;
        private final SimDiskState disk;
        /** The history in order; cut to what recovery found. */
        private final List<byte[]> written = new ArrayList<>();

        private long lastZxid;
        /** How many records of the history have been reported durable. */
        private int promised;

        private int fullDisks;
        private int failedForces;

        Run(long seed) {
            random = new SimRandom(seed);
            choices = random.stream("choices");
            scheduler = new SimScheduler(random);
            disk = new SimDiskState(random);
        }

        void live() {
            for (int life = 0; life < LIVES; life++) {
                writeUntilCrash();
                recover();
            }
        }

        private void recover() {
            List<byte[]> found = new ArrayList<>();
            lastZxid = new LogRecovery(new SimDiskImage(disk), OPTIONS)
                    .replay(0, (txn, payload) -> found.add(copy(payload)))
                    .lastZxid();
            assertThat(found.size()).as("durable records found").isBetween(promised, written.size());
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).as("record %d", i).isEqualTo(written.get(i));
            }
            written.subList(found.size(), written.size()).clear();
            // From here on others rely on all of it (quorum protocol, I11).
            promised = written.size();
        }

        private void writeUntilCrash() {
            SimDisk lane = new SimDisk(disk, scheduler, random, () -> {});
            LogWriter log = new LogWriter(lane, new TicketSource(), OPTIONS, lastZxid);
            disk.setCapacity(choices.oneIn(5) ? disk.usedBytes() + choices.below(80_000) : Integer.MAX_VALUE);
            if (choices.oneIn(8)) {
                scheduler.after(choices.below(20_000_000), () -> lane.failForces(1));
            }
            int durableBefore = promised;
            long turns = choices.between(1, 150);
            for (long turn = 0; turn < turns && log.fatalFailure() == null; turn++) {
                turn(lane, log);
                promised = Math.max(promised, durableBefore + durable(log, durableBefore));
            }
            failedForces += log.fatalFailure() == null ? 0 : 1;
            lane.stop();
            // Without power the cache is lost; when only the process ends, it stays.
            if (choices.below(4) > 0) {
                disk.crash();
            }
        }

        /** How many records of this life are durable. */
        private int durable(LogWriter log, int durableBefore) {
            int count = 0;
            for (int i = durableBefore; i < written.size() && zxid(written.get(i)) <= log.durableZxid(); i++) {
                count++;
            }
            return count;
        }

        private void turn(SimDisk lane, LogWriter log) {
            scheduler.runUntil(scheduler.nowNanos() + choices.below(500_000));
            log.onTime(scheduler.nowNanos());
            boolean wasFull = log.isFull();
            lane.drainCompletions((ticket, outcome) ->
                    assertThat(log.onDiskCompleted(ticket, outcome)).isTrue());
            if (log.isFull() && !wasFull) {
                fullDisks++;
            }
            if (log.isFull() && choices.oneIn(10)) {
                disk.setCapacity(Integer.MAX_VALUE);
            }
            if (choices.oneIn(15)) {
                log.roll();
            }
            long records = log.fatalFailure() == null ? choices.below(6) : 0;
            for (long i = 0; i < records && log.acceptsAppends(); i++) {
                append(log);
            }
            log.endOfTurn();
        }

        private void append(LogWriter log) {
            long next = choices.oneIn(40) || lastZxid == 0
                    ? Zxid.of(Zxid.epoch(lastZxid) + choices.between(1, 2), 1)
                    : lastZxid + 1;
            long size = choices.oneIn(10) ? choices.below(5_000) : choices.below(200);
            byte[] data = new byte[(int) size];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) choices.nextLong();
            }
            WireWriter out = new WireWriter(256);
            TxnCodec.write(new Txn(1, 2, next, 3, new TxnBody.SetData(NodePath.of("/a"), data, 4), null), out);
            log.append(next, out.written());
            written.add(out.toByteArray());
            lastZxid = next;
        }

        private static long zxid(byte[] payload) {
            return ByteBuffer.wrap(payload).getLong(12);
        }

        private static byte[] copy(ByteBuffer payload) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return bytes;
        }
    }
}
