package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

/** Every cut and every damaged byte of a log of three files. */
class LogRecoveryTest {

    private static final long Z = 0x1_0000_0000L;
    private static final List<Long> ALL = List.of(Z + 1, Z + 2, Z + 3, Z + 4, Z + 5, Z + 6, Z + 7, Z + 8);
    private static final List<DiskFile> FILES =
            List.of(SegmentCatalog.fileOf(Z + 1), SegmentCatalog.fileOf(Z + 4), SegmentCatalog.fileOf(Z + 6));
    private static final DiskFile NEWEST = FILES.get(2);
    private static final int RECORD = Logs.recordBytes();
    private static final int HEADER = LogFormat.HEADER_BYTES;

    private final MemoryDisk ours = threeFiles();

    private static MemoryDisk threeFiles() {
        MemoryDisk disk = new MemoryDisk();
        LogWriter writer = Logs.writer(disk, 0);
        Logs.append(disk, writer, Z + 1, Z + 2, Z + 3, -(Z + 4), Z + 5, -(Z + 6), Z + 7, Z + 8);
        Logs.passMarkPause(disk, writer);
        return disk;
    }

    /** The same as the reference writes it. */
    private MemoryDisk theirs() {
        MemoryDisk disk = ours.copy();
        FILES.forEach(file -> Logs.removeMark(disk, file));
        return disk;
    }

    /** The recovered zxids; null when refused. */
    private static List<Long> recoverOrRefuse(MemoryDisk disk) {
        try {
            List<Long> recovered = Logs.recover(disk, 0);
            assertThat(Logs.recover(disk, 0))
                    .as("a second recovery finds the same")
                    .isEqualTo(recovered);
            return recovered;
        } catch (CorruptLog refused) {
            assertThat(refused).hasMessageContainingAll("offset", "last good transaction", "move");
            return null;
        }
    }

    @Test
    void replaysWhatFollowsTheSnapshot() {
        for (int after = 0; after <= 8; after++) {
            MemoryDisk disk = ours.copy();
            long snapshot = after == 0 ? 0 : Z + after;
            assertThat(Logs.recover(disk, snapshot)).isEqualTo(ALL.subList(after, 8));
            assertThat(disk.commands).as("bytes that were read are forced").contains("recovery force " + NEWEST);
        }
        assertThat(Logs.recover(ours, Z + 20))
                .as("a snapshot from the leader, ahead of the log")
                .isEmpty();
    }

    @Test
    void refusesEveryDamagedByteOfAnAcknowledgedRecord() {
        for (DiskFile file : FILES) {
            for (int at = 0; at < ours.files.get(file).length; at++) {
                for (int flip : new int[] {0x01, 0x80, 0xff}) {
                    MemoryDisk disk = ours.copy();
                    disk.files.get(file)[at] ^= (byte) flip;
                    List<Long> recovered = recoverOrRefuse(disk);
                    assertThat(recovered == null ? ALL : recovered)
                            .as("%s, byte %d, flipped %x", file, at, flip)
                            .isEqualTo(ALL);
                    boolean record = at >= HEADER && at < HEADER + records(file) * RECORD;
                    if (record) {
                        assertThat(recovered)
                                .as("%s, byte %d, flipped %x", file, at, flip)
                                .isNull();
                    }
                }
            }
        }
    }

    private static int records(DiskFile file) {
        return file.equals(FILES.get(1)) ? 2 : 3;
    }

    @Test
    void withoutMarksOnlyTheVeryLastRecordMayBeCut() {
        MemoryDisk theirs = theirs();
        List<Long> withoutLast = ALL.subList(0, 7);
        for (DiskFile file : FILES) {
            for (int at = 0; at < theirs.files.get(file).length; at++) {
                MemoryDisk disk = theirs.copy();
                disk.files.get(file)[at] ^= (byte) 0xff;
                List<Long> recovered = recoverOrRefuse(disk);
                boolean lastRecord = file.equals(NEWEST) && at >= HEADER + 2 * RECORD && at < HEADER + 3 * RECORD;
                boolean otherRecord = !lastRecord && at >= HEADER && at < HEADER + records(file) * RECORD;
                if (otherRecord) {
                    assertThat(recovered).as("%s, byte %d", file, at).isNull();
                } else if (recovered != null) {
                    assertThat(recovered).as("%s, byte %d", file, at).isEqualTo(lastRecord ? withoutLast : ALL);
                }
            }
        }
    }

    @Test
    void aTornTailIsCutAtEveryLength() {
        int used = HEADER + 3 * RECORD;
        for (int length = used; length >= 0; length--) {
            MemoryDisk disk = theirs();
            disk.files.put(NEWEST, Arrays.copyOf(disk.files.get(NEWEST), length));

            int whole = Math.max(0, (length - HEADER) / RECORD);
            assertThat(Logs.recover(disk, 0)).as("%d bytes left", length).isEqualTo(ALL.subList(0, 5 + whole));
            assertThat(disk.files.containsKey(NEWEST))
                    .as("a file without records goes")
                    .isEqualTo(whole > 0);
            if (whole > 0) {
                // Four zeros begin every record, so the first bytes of a torn one do not show.
                assertThat(disk.files.get(NEWEST).length)
                        .isBetween(HEADER + whole * RECORD, HEADER + whole * RECORD + 4);
            }
        }
    }

    @Test
    void zerosInPlaceOfATailAreCutToo() {
        int used = HEADER + 3 * RECORD;
        for (int from = HEADER; from < used; from++) {
            MemoryDisk disk = theirs();
            Arrays.fill(disk.files.get(NEWEST), from, used, (byte) 0);
            assertThat(Logs.recover(disk, 0)).isEqualTo(ALL.subList(0, 5 + (from - HEADER) / RECORD));
        }
    }

    @Test
    void aTailBelowTheMarkIsMissed() {
        int used = HEADER + 3 * RECORD;
        for (int from = HEADER; from < used; from++) {
            MemoryDisk disk = ours.copy();
            Arrays.fill(disk.files.get(NEWEST), from, used, (byte) 0);
            assertThat(recoverOrRefuse(disk)).as("zeros from %d", from).isNull();
            MemoryDisk shortened = ours.copy();
            shortened.files.put(NEWEST, Arrays.copyOf(shortened.files.get(NEWEST), from));
            boolean atRecord = from > HEADER && (from - HEADER) % RECORD == 0;
            assertThat(recoverOrRefuse(shortened))
                    .as("only %d bytes left", from)
                    .isEqualTo(atRecord ? ALL.subList(0, 5 + (from - HEADER) / RECORD) : null);
        }
    }

    @Test
    void behindTheMarkAnythingMayHappen() {
        for (int durable = 0; durable <= 3; durable++) {
            int mark = HEADER + durable * RECORD;
            for (int at = mark; at < ours.files.get(NEWEST).length; at++) {
                MemoryDisk disk = ours.copy();
                Logs.setMark(disk, NEWEST, mark);
                disk.files.get(NEWEST)[at] ^= (byte) 0xff;
                int intact = Math.min(3, (at - HEADER) / RECORD);
                assertThat(Logs.recover(disk, 0)).isEqualTo(ALL.subList(0, 5 + intact));
            }
        }
    }

    @Test
    void whatLiesBehindTheMarkIsWrittenAgain() {
        Logs.setMark(ours, NEWEST, HEADER + RECORD);
        Logs.recover(ours, 0);
        assertThat(ours.commands)
                .contains("recovery rewrite " + NEWEST + " " + (HEADER + RECORD) + "+" + 2 * RECORD)
                .filteredOn(command -> command.startsWith("recovery rewrite"))
                .hasSize(1);
    }

    @Test
    void anOlderFileMayNotEndEarly() {
        int used = HEADER + 2 * RECORD;
        for (MemoryDisk origin : List.of(ours, theirs())) {
            for (int length = 0; length < used; length++) {
                MemoryDisk disk = origin.copy();
                disk.files.put(FILES.get(1), Arrays.copyOf(disk.files.get(FILES.get(1)), length));
                assertThat(recoverOrRefuse(disk)).as("%d bytes left", length).isNull();
            }
            MemoryDisk gap = origin.copy();
            gap.files.remove(FILES.get(1));
            assertThat(recoverOrRefuse(gap)).isNull();
            assertThat(Logs.recover(gap, Z + 5)).as("a snapshot covers the gap").isEqualTo(ALL.subList(5, 8));
        }
    }

    @Test
    void anOlderFileMayHaveATornTailBehindItsLastRecord() {
        MemoryDisk disk = theirs();
        int used = HEADER + 2 * RECORD;
        Arrays.fill(disk.files.get(FILES.get(1)), used, used + 20, (byte) 0x55);

        assertThat(Logs.recover(disk, 0)).isEqualTo(ALL);
        assertThat(disk.files.get(FILES.get(1))).hasSize(used);
    }

    @Test
    void damageBeforeAnotherEpochIsNotTakenForItsEnd() {
        for (boolean marked : new boolean[] {true, false}) {
            MemoryDisk disk = new MemoryDisk();
            LogWriter writer = Logs.writer(disk, 0);
            long next = 0x2_0000_0001L;
            Logs.append(disk, writer, Z + 1, Z + 2, Z + 3, -next);
            assertThat(Logs.recover(disk, 0)).containsExactly(Z + 1, Z + 2, Z + 3, next);
            if (!marked) {
                Logs.removeMark(disk, FILES.get(0));
                Logs.removeMark(disk, SegmentCatalog.fileOf(next));
            }
            disk.files.get(FILES.get(0))[HEADER + RECORD + 20] ^= 1;
            assertThat(recoverOrRefuse(disk)).isNull();
        }
    }

    @Test
    void anEmptyFileProvesWhatCameBeforeIt() {
        MemoryDisk disk = ours.copy();
        DiskFile empty = SegmentCatalog.fileOf(Z + 9);
        disk.files.put(empty, Arrays.copyOf(LogFormat.header().array(), 200));
        assertThat(Logs.recover(disk.copy(), 0)).isEqualTo(ALL);

        Logs.setMark(disk, NEWEST, HEADER);
        Arrays.fill(disk.files.get(NEWEST), HEADER + 2 * RECORD, HEADER + 3 * RECORD, (byte) 0);
        assertThat(recoverOrRefuse(disk.copy())).as("0x...8 had been durable").isNull();

        Logs.removeMark(disk, empty);
        assertThat(Logs.recover(disk, 0))
                .as("a file of the reference proves nothing")
                .isEqualTo(ALL.subList(0, 7));
        assertThat(disk.files).doesNotContainKey(empty);
    }

    @Test
    void removesFilesThatWereNeverForced() {
        for (byte[] content : List.of(new byte[0], new byte[7], new byte[500])) {
            MemoryDisk disk = ours.copy();
            disk.files.put(SegmentCatalog.fileOf(Z + 9), content);
            assertThat(Logs.recover(disk, 0)).isEqualTo(ALL);
            assertThat(disk.files).doesNotContainKey(SegmentCatalog.fileOf(Z + 9));
        }
    }

    @Test
    void intactRecordsThatAreNotTheNextTransactionAreRefused() {
        assertThatThrownBy(() -> Logs.recover(withLast(Logs.payload(Z + 9)), 0))
                .isInstanceOf(CorruptLog.class)
                .hasMessageContaining("0x100000009 out of order");
        ByteBuffer unknown = Logs.payload(Z + 8);
        unknown.putInt(28, 77);
        assertThatThrownBy(() -> Logs.recover(withLast(unknown), 0))
                .isInstanceOf(CorruptLog.class)
                .hasMessageContaining("unknown transaction type 77");
    }

    private MemoryDisk withLast(ByteBuffer payload) {
        MemoryDisk disk = ours.copy();
        Logs.setMark(disk, NEWEST, HEADER);
        Adler32 checksum = new Adler32();
        checksum.update(payload.duplicate());
        ByteBuffer.wrap(disk.files.get(NEWEST), HEADER + 2 * RECORD, RECORD)
                .putLong(checksum.getValue())
                .putInt(payload.remaining())
                .put(payload.duplicate());
        return disk;
    }

    @Test
    void theMessageSaysWhereAndWhatToDo() {
        MemoryDisk disk = ours.copy();
        disk.files.get(NEWEST)[HEADER + RECORD + 20] ^= 1;

        assertThatThrownBy(() -> Logs.recover(disk, 0))
                .isInstanceOf(CorruptLog.class)
                .hasMessageContainingAll(
                        "checksum",
                        "log:log.100000006 at offset " + (HEADER + RECORD),
                        "record 2 of the file",
                        "last good transaction 0x100000006",
                        "version-2 directories",
                        "move these log files away, and all snapshots of that zxid or later: log.100000006");
    }

    @Test
    void nothingIsChangedWhenItIsRefused() {
        MemoryDisk disk = ours.copy();
        disk.files.get(FILES.get(1))[HEADER + 20] ^= 1;
        disk.files.put(SegmentCatalog.fileOf(Z + 9), new byte[0]);
        List<byte[]> before = new ArrayList<>(disk.copy().files.values());

        assertThat(recoverOrRefuse(disk)).isNull();
        assertThat(new ArrayList<>(disk.files.values()))
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    @Test
    void aSpareIsNoLog() {
        ours.files.put(SegmentCatalog.SPARE, new byte[] {1, 2, 3});
        assertThat(Logs.recover(ours, 0)).isEqualTo(ALL);
    }

    @Test
    void aReferenceWithoutPeersCountsIntoTheNextEpoch() {
        MemoryDisk disk = new MemoryDisk();
        Logs.writeAsReference(disk, Z - 2, Z - 1, Z, Z + 1);
        assertThat(Logs.recover(disk, Z - 3)).isEqualTo(List.of(Z - 2, Z - 1, Z, Z + 1));
        assertThat(Logs.recover(disk, Z - 1)).isEqualTo(List.of(Z, Z + 1));
        assertThat(Logs.recover(disk, Z)).isEqualTo(List.of(Z + 1));
    }

    @Test
    void itsNextFileMayBeginThere() {
        MemoryDisk disk = new MemoryDisk();
        Logs.writeAsReference(disk, Z - 2, Z - 1);
        Logs.writeAsReference(disk, Z, Z + 1);
        assertThat(Logs.recover(disk, Z - 3)).isEqualTo(List.of(Z - 2, Z - 1, Z, Z + 1));
        MemoryDisk gap = new MemoryDisk();
        Logs.writeAsReference(gap, Z - 3, Z - 2);
        Logs.writeAsReference(gap, Z, Z + 1);
        assertThatThrownBy(() -> Logs.recover(gap, Z - 4))
                .isInstanceOf(CorruptLog.class)
                .hasMessageContaining("are missing");
    }
}
