package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EpochFileTest {

    private final MemoryDisk disk = new MemoryDisk();

    private void put(String name, String text) {
        disk.files.put(DiskFile.snapshot(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void readsWhatItWrites() {
        for (long epoch : new long[] {0, 7, -1, 0xFFFF_FFFFL}) {
            EpochFile.CURRENT.write(disk, epoch);
            assertThat(EpochFile.CURRENT.read(disk)).hasValue(epoch);
        }
        assertThat(EpochFile.ACCEPTED.read(disk)).isEmpty();
    }

    @Test
    void theFirstLineCounts() {
        put("acceptedEpoch", "12\nanything");
        assertThat(EpochFile.ACCEPTED.read(disk)).hasValue(12);
    }

    @Test
    void anythingElseIsRefusedByName() {
        put("currentEpoch", "");
        assertThatThrownBy(() -> EpochFile.CURRENT.read(disk))
                .isInstanceOf(MalformedEpoch.class)
                .hasMessageContaining("snapshot:currentEpoch");
    }

    @Test
    void aTemporaryFileIsRemoved() {
        put("currentEpoch.tmp", "9");
        EpochFile.CURRENT.deleteTemporary(disk);
        assertThat(disk.files).isEmpty();
    }
}
