package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCatalogTest {

    @Test
    void namesAreLowerCaseHexadecimal() {
        assertThat(SegmentCatalog.fileOf(0xAB_0000_00CDL).name()).isEqualTo("log.ab000000cd");
        assertThat(SegmentCatalog.zxidOf("log.ab000000cd")).isEqualTo(0xAB_0000_00CDL);
    }

    @Test
    void otherNamesAreNoLogs() {
        for (String name :
                List.of("log.", "log.x", "log.0a", "log.AB", "spare.log", "snapshot.1", "log.1.gz", "log.-1")) {
            assertThat(SegmentCatalog.zxidOf(name)).as(name).isEqualTo(-1);
        }
    }

    @Test
    void keepsTheFileThatMayHoldTheNextRecordAndAllLaterOnes() {
        List<Long> files = List.of(10L, 20L, 30L);
        assertThat(SegmentCatalog.neededAfter(5, files)).containsExactly(10L, 20L, 30L);
        assertThat(SegmentCatalog.neededAfter(19, files)).containsExactly(10L, 20L, 30L);
        assertThat(SegmentCatalog.neededAfter(20, files)).containsExactly(20L, 30L);
        assertThat(SegmentCatalog.neededAfter(99, files)).containsExactly(30L);
        assertThat(SegmentCatalog.neededAfter(99, List.of())).isEmpty();
    }
}
