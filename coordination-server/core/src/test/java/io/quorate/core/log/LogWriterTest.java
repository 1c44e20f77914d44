package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.InvariantViolation;
import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogWriterTest {

    private static final long FIRST = 0x1_0000_0001L;
    private static final DiskFile FILE = DiskFile.log("log.100000001");

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void writesTheBytesOfTheSpecification() {
        LogWriter writer = Logs.writer(disk, 0);
        TxnBody create = new TxnBody.Create(
                1, NodePath.of("/a"), new byte[] {'x'}, List.of(new Acl(31, "world", "anyone")), false, 1);
        WireWriter out = new WireWriter(16);
        TxnCodec.write(new Txn(0x1000abcdef0000L, 1, FIRST, 1_700_000_000_000L, create, 7_539_952_680L), out);
        ByteBuffer payload = out.written();

        writer.append(FIRST, payload);
        Logs.settle(disk, writer);

        byte[] file = disk.files.get(FILE);
        assertThat(hex(file, 0, 8)).isEqualTo("5a4b4c4700000002");
        // Appendix A7.
        assertThat(hex(file, 16, 116))
                .isEqualTo("0000000026930cef00000057001000abcdef000000000001000000010000000100000"
                        + "18bcfe568000000000100000002"
                        + "2f610000000178000000010000001f00000005776f726c6400000006616e796f6e65"
                        + "00000000010000000200000001c16a8c2842");
        assertThat(Arrays.copyOfRange(file, 116, file.length)).containsOnly(0);
        assertThat(payload.remaining()).as("payload untouched").isEqualTo(87);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }

    @Test
    void isDurableOnlyWhenTheForceHasCompleted() {
        LogWriter writer = openSegment();
        writer.append(FIRST + 1, Logs.payload(FIRST + 1));
        writer.append(FIRST + 2, Logs.payload(FIRST + 2));
        disk.commands.clear();

        writer.endOfTurn();

        assertThat(disk.commands).startsWith("write " + FILE, "force " + FILE);
        assertThat(writer.lastZxid()).isEqualTo(FIRST + 2);
        Logs.completeOne(disk, writer);
        assertThat(writer.durableZxid()).as("written, not forced").isEqualTo(FIRST);
        assertThat(writer.hasPending()).isTrue();
        Logs.completeOne(disk, writer);
        assertThat(writer.durableZxid()).isEqualTo(FIRST + 2);
        assertThat(writer.hasPending()).isFalse();
    }

    @Test
    void writesATurnAtOnceWhileEarlierForcesAreUnderWay() {
        LogWriter writer = openSegment();
        writer.endOfTurn();
        Logs.settle(disk, writer);
        disk.commands.clear();

        writer.append(FIRST + 1, Logs.payload(FIRST + 1));
        writer.append(FIRST + 2, Logs.payload(FIRST + 2));
        writer.endOfTurn();
        List<String> firstTurn = withoutUpkeep();
        writer.append(FIRST + 3, Logs.payload(FIRST + 3));
        writer.endOfTurn();

        assertThat(firstTurn).containsExactly("write " + FILE, "force " + FILE);
        assertThat(withoutUpkeep()).containsExactly("write " + FILE, "force " + FILE, "write " + FILE, "force " + FILE);
        Logs.settle(disk, writer);
        assertThat(Logs.recover(disk, 0)).containsExactly(FIRST, FIRST + 1, FIRST + 2, FIRST + 3);
    }

    private List<String> withoutUpkeep() {
        return disk.commands.stream()
                .filter(command -> !command.startsWith("reserve"))
                .toList();
    }

    /** A segment with one durable record. */
    private LogWriter openSegment() {
        LogWriter writer = Logs.writer(disk, 0);
        Logs.append(disk, writer, FIRST);
        return writer;
    }

    @Test
    void doesNothingInATurnWithoutRecords() {
        LogWriter writer = openSegment();
        disk.commands.clear();

        writer.endOfTurn();

        assertThat(disk.commands).isEmpty();
    }

    @Test
    void marksWhatIsDurableAfterAMoment() {
        LogWriter writer = openSegment();
        disk.commands.clear();
        writer.onTime(LogWriter.UNMARKED_NANOS - 1);
        Logs.append(disk, writer, FIRST + 1);
        assertThat(withoutUpkeep()).as("one write for one batch").containsExactly("write " + FILE, "force " + FILE);
        assertThat(writer.nextDeadlineNanos()).isEqualTo(LogWriter.UNMARKED_NANOS);
        disk.commands.clear();

        Logs.passMarkPause(disk, writer);

        assertThat(disk.commands).containsExactly("write " + FILE);
        assertThat(mark()).isEqualTo(LogFormat.HEADER_BYTES + 2 * Logs.recordBytes());
        assertThat(writer.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void marksAtOnceWhenMuchIsDurable() {
        LogWriter writer = openSegment();
        int records = LogWriter.UNMARKED_BYTES / Logs.recordBytes() + 1;
        for (long zxid = FIRST + 1; zxid < FIRST + records; zxid++) {
            assertThat(mark()).isEqualTo(LogFormat.HEADER_BYTES);
            Logs.append(disk, writer, zxid);
        }

        assertThat(mark()).isGreaterThanOrEqualTo(LogFormat.HEADER_BYTES + LogWriter.UNMARKED_BYTES);
    }

    @Test
    void marksAtOnceWhenTheServerStops() {
        LogWriter writer = openSegment();
        assertThat(writer.isSettled()).isTrue();

        writer.finish();
        assertThat(writer.isSettled()).as("the mark lags behind").isFalse();
        writer.endOfTurn();
        Logs.settle(disk, writer);

        assertThat(writer.isSettled()).isTrue();
        assertThat(mark()).isEqualTo(LogFormat.HEADER_BYTES + Logs.recordBytes());
    }

    private long mark() {
        return LogFormat.decodeMark(ByteBuffer.wrap(disk.files.get(FILE)).getLong(LogFormat.MARK_OFFSET));
    }

    @Test
    void opensTheNextSegmentOnlyWhenTheOldOneIsDurable() {
        LogWriter writer = openSegment();
        writer.append(FIRST + 1, Logs.payload(FIRST + 1));
        writer.roll();
        writer.append(FIRST + 2, Logs.payload(FIRST + 2));
        assertThat(writer.recordsSinceRoll()).isEqualTo(1);
        assertThat(writer.bytesSinceRoll()).isEqualTo(Logs.recordBytes());
        disk.commands.clear();

        writer.endOfTurn();
        assertThat(disk.commands).noneMatch(command -> command.startsWith("rename"));
        Logs.settle(disk, writer);

        String next = "log:log.100000003";
        List<String> order = disk.commands.stream()
                .filter(command -> command.startsWith("rename") || command.endsWith(next))
                .toList();
        assertThat(order).startsWith("rename " + next, "write " + next, "force " + next);
        assertThat(writer.durableZxid()).isEqualTo(FIRST + 2);
        assertThat(Logs.recover(disk, 0)).containsExactly(FIRST, FIRST + 1, FIRST + 2);
    }

    @Test
    void goesOnInTheOldSegmentWhileNoSpareIsReady() {
        LogWriter writer = openSegment();
        Logs.append(disk, writer, -(FIRST + 1));
        disk.capacity = 0;
        Logs.append(disk, writer, -(FIRST + 2));
        Logs.settle(disk, writer);
        writer.roll();

        writer.append(FIRST + 3, Logs.payload(FIRST + 3));
        Logs.settle(disk, writer);

        assertThat(disk.files).containsKey(DiskFile.log("log.100000003"));
        assertThat(disk.files).doesNotContainKey(DiskFile.log("log.100000004"));
        assertThat(Logs.recover(disk, 0)).containsExactly(FIRST, FIRST + 1, FIRST + 2, FIRST + 3);
    }

    @Test
    void aFullDiskRefusesRecordsAndRecoversByItself() {
        LogWriter writer = openSegment();
        disk.capacity = 0;
        long zxid = FIRST;
        while (writer.acceptsAppends()) {
            zxid++;
            Logs.append(disk, writer, zxid);
        }

        assertThat(writer.isFull()).isTrue();
        assertThat(writer.fatalFailure()).isNull();
        assertThat(writer.durableZxid()).as("what was taken is durable").isEqualTo(zxid);
        long retryAt = writer.nextDeadlineNanos();
        assertThat(retryAt).isEqualTo(Logs.SMALL.retryNanos());

        disk.capacity = Long.MAX_VALUE;
        disk.commands.clear();
        writer.onTime(retryAt - 1);
        Logs.settle(disk, writer);
        assertThat(disk.commands).as("not before it is time").isEmpty();
        writer.onTime(retryAt);
        Logs.settle(disk, writer);

        assertThat(writer.acceptsAppends()).isTrue();
        Logs.append(disk, writer, zxid + 1);
        assertThat(writer.durableZxid()).isEqualTo(zxid + 1);
    }

    @Test
    void whatIsReservedMayBeUsedOnAFullDisk() {
        LogWriter writer = openSegment();
        disk.capacity = 0;
        long zxid = FIRST;
        while (writer.roomBytes() >= Logs.recordBytes()) {
            zxid++;
            Logs.append(disk, writer, zxid);
        }

        assertThat(writer.isFull()).isTrue();
        assertThat(writer.durableZxid()).isEqualTo(zxid);
        long next = zxid + 1;
        assertThatThrownBy(() -> writer.append(next, Logs.payload(next)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("record fits reserved space");
    }

    @Test
    void acceptsNothingBeforeTheFirstSegmentIsPrepared() {
        LogWriter writer = new LogWriter(disk, new TicketSource(), Logs.SMALL, 0);

        assertThat(writer.acceptsAppends()).isFalse();
        assertThat(writer.isFull()).isFalse();
        Logs.settle(disk, writer);
        assertThat(writer.acceptsAppends()).isTrue();
        assertThat(SegmentCatalog.list(disk)).as("a spare is no log").isEmpty();
    }

    @Test
    void anyOtherFailureIsFatal() {
        for (String failing : List.of("force log:log.", "write log:log.", "rename", "reserve log:log.")) {
            MemoryDisk broken = new MemoryDisk();
            LogWriter writer = Logs.writer(broken, 0);
            broken.failing = failing;
            for (long zxid = FIRST; writer.fatalFailure() == null && zxid < FIRST + 50; zxid++) {
                Logs.append(broken, writer, zxid);
            }

            assertThat(writer.fatalFailure()).contains(failing.split(" ")[0], "log.100000001", "the medium is broken");
            assertThat(writer.acceptsAppends()).isFalse();
        }
    }

    @Test
    void nothingBecomesDurableAfterAFailedForce() {
        LogWriter writer = openSegment();
        disk.failing = "force";
        writer.append(FIRST + 1, Logs.payload(FIRST + 1));
        writer.endOfTurn();
        disk.failing = "nothing";
        writer.append(FIRST + 2, Logs.payload(FIRST + 2));
        writer.endOfTurn();

        Logs.settle(disk, writer);

        assertThat(writer.fatalFailure()).isNotNull();
        assertThat(writer.durableZxid()).isEqualTo(FIRST);
    }

    @Test
    void refusesWhatCouldNotBeReadBack() {
        LogWriter writer = openSegment();
        assertThatThrownBy(() -> writer.append(FIRST + 2, Logs.payload(FIRST + 2)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("follows the last one");
        assertThatThrownBy(() -> writer.append(FIRST + 1, ByteBuffer.allocate(Logs.SMALL.maxPayloadBytes() + 1)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("payload within limit");
    }

    @Test
    void leavesOthersTheirTickets() {
        LogWriter writer = openSegment();
        assertThat(writer.onDiskCompleted(1_000_000, DiskOutcome.DONE)).isFalse();
    }
}
