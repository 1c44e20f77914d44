package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.log.SegmentInspection.End;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentInspectionTest {

    private static final DiskFile FILE = SegmentCatalog.fileOf(1);
    private static final int RECORD = Logs.recordBytes();
    private static final int HEADER = LogFormat.HEADER_BYTES;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<Long> zxids = new ArrayList<>();

    private SegmentInspection.Result inspect() {
        zxids.clear();
        byte[] before = disk.files.get(FILE).clone();
        SegmentInspection.Result result = SegmentInspection.read(disk, FILE, txn -> zxids.add(txn.zxid()));
        assertThat(disk.files.get(FILE)).as("untouched").isEqualTo(before);
        return result;
    }

    private byte[] file() {
        return disk.files.get(FILE);
    }

    @Test
    void readsBothKindsOfFiles() {
        Logs.writeAsReference(disk, 1, 2, 3);
        assertThat(inspect())
                .isEqualTo(new SegmentInspection.Result(
                        3, 1, 3, HEADER + 3L * RECORD, HEADER + 3L * RECORD, End.CLEAN, ""));
        assertThat(zxids).containsExactly(1L, 2L, 3L);

        disk.files.clear();
        Logs.append(disk, Logs.writer(disk, 0), 1, 2);
        SegmentInspection.Result ours = inspect();
        assertThat(ours.end()).isEqualTo(End.CLEAN);
        assertThat(ours.endBytes()).isEqualTo(HEADER + 2L * RECORD).isLessThan(ours.sizeBytes());
    }

    @Test
    void tellsATornEndFromDamageInTheMiddle() {
        Logs.writeAsReference(disk, 1, 2, 3);
        file()[HEADER + 2 * RECORD + 30] ^= 1;
        assertThat(inspect().end()).isEqualTo(End.TORN);
        assertThat(zxids).containsExactly(1L, 2L);

        file()[HEADER + 30] ^= 1;
        assertThat(inspect().end()).isEqualTo(End.CORRUPT);
        assertThat(inspect().problem()).contains("checksum", "intact later record at offset " + (HEADER + RECORD));
        assertThat(inspect().firstZxid()).isEqualTo(-1);
    }

    @Test
    void emptyAndForeignFiles() {
        disk.files.put(FILE, new byte[100]);
        assertThat(inspect()).isEqualTo(new SegmentInspection.Result(0, -1, -1, 0, 100, End.CLEAN, ""));
        disk.files.put(FILE, new byte[0]);
        assertThat(inspect().end()).isEqualTo(End.CLEAN);
        byte[] foreign = new byte[100];
        Arrays.fill(foreign, (byte) 7);
        disk.files.put(FILE, foreign);
        assertThat(inspect().end()).isEqualTo(End.CORRUPT);
    }
}
