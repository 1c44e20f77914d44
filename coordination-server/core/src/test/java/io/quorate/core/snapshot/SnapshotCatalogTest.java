package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.tree.DataTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCatalogTest {

    private final MemoryDisk disk = new MemoryDisk();
    private final byte[] good = Snapshots.bytesOf(new DataTree(Snapshots.KINDS).freeze(), List.of());
    private final byte[] endsWell = {1, 2, 3, 4, 5, 0, 0, 0, 1, '/'};

    private void put(String name, byte[] bytes) {
        disk.files.put(DiskFile.snapshot(name), bytes);
    }

    private SnapshotReader reader() {
        return new SnapshotReader(disk, Snapshots.KINDS, SnapshotOptions.DEFAULT);
    }

    private static List<String> names(List<SnapshotFile> files) {
        return files.stream().map(SnapshotFile::name).toList();
    }

    @Test
    void quickTest() {
        put("snapshot.0", good);
        put("snapshot.1", new byte[] {1, 2, 3, 4, 0, 0, 0, 1, '/'});
        put("snapshot.2", endsWell);
        put("snapshot.3", new byte[20]);
        put("snapshot.ff.gz", new byte[] {0x1f, (byte) 0x8b});
        put("snapshot.fe.gz", new byte[] {0x1f});
        put("snapshot.fd.snappy", new byte[] {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 9});
        put("snapshot.fc.snappy", endsWell);
        put("snapshot.xyz", good);
        put("snapshot.", good);
        put("snapshot.5.zip", good);
        put("tmp.snapshot.7", good);
        put("currentEpoch", good);
        SnapshotCatalog catalog = SnapshotCatalog.scan(disk);
        assertThat(names(catalog.newestFirst()))
                .containsExactly("snapshot.ff.gz", "snapshot.fd.snappy", "snapshot.2", "snapshot.0");
        assertThat(names(catalog.incomplete()))
                .containsExactlyInAnyOrder("snapshot.1", "snapshot.3", "snapshot.fe.gz", "snapshot.fc.snappy");
        assertThat(catalog.leftovers()).containsExactly(DiskFile.snapshot("tmp.snapshot.7"));
    }

    @Test
    void newestThatCanBeRead() {
        put("snapshot.10", good);
        put("snapshot.9", good);
        put("snapshot.11", endsWell);
        put("snapshot.100000000.snappy", new byte[] {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0});
        SnapshotChoice choice = SnapshotCatalog.scan(disk).load(reader());
        assertThat(choice.loaded().file().name()).isEqualTo("snapshot.10");
        assertThat(choice.loaded().tree().lastZxid()).isEqualTo(0x10);
        assertThat(choice.refused())
                .extracting(refused -> refused.file().name())
                .containsExactly("snapshot.100000000.snappy", "snapshot.11");
        assertThat(choice.refused().get(1)).hasMessageContaining("snapshot.11 at byte 0: ");
    }

    @Test
    void noneCanBeRead() {
        for (int i = 1; i <= 120; i++) {
            put("snapshot." + Integer.toHexString(i), endsWell);
        }
        put("snapshot.0", good);
        SnapshotChoice choice = SnapshotCatalog.scan(disk).load(reader());
        assertThat(choice.loaded()).isNull();
        assertThat(choice.refused()).hasSize(100);
        SnapshotChoice empty = SnapshotCatalog.scan(new MemoryDisk()).load(reader());
        assertThat(empty.loaded()).isNull();
        assertThat(empty.refused()).isEmpty();
    }

    /** Quorum protocol 9.9. */
    @Test
    void retention() {
        for (String zxid : List.of("5", "14", "20", "1e", "28")) {
            put("snapshot." + zxid, good);
        }
        put("snapshot.15", new byte[3]);
        put("snapshot.29", new byte[3]);
        SnapshotCatalog catalog = SnapshotCatalog.scan(disk);
        List<String> logs = List.of("log.1", "log.14", "log.1d", "log.1f", "log.29", "other", "log.x");
        Retention retention = catalog.retained(3, logs);
        assertThat(names(retention.snapshots())).containsExactly("snapshot.14", "snapshot.5", "snapshot.15");
        assertThat(retention.logs()).containsExactly(DiskFile.log("log.1"), DiskFile.log("log.14"));
        Retention exactName = catalog.retained(4, logs);
        assertThat(names(exactName.snapshots())).containsExactly("snapshot.5");
        assertThat(exactName.logs()).containsExactly(DiskFile.log("log.1"));
        assertThat(catalog.retained(9, logs).logs()).isEmpty();
        assertThat(catalog.retained(5, logs).snapshots()).isEmpty();
        assertThat(SnapshotCatalog.scan(new MemoryDisk()).retained(3, logs))
                .isEqualTo(new Retention(List.of(), List.of()));
        assertThatThrownBy(() -> catalog.retained(0, logs)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keptUpToDate() {
        put("snapshot.5", good);
        put("snapshot.9", new byte[3]);
        SnapshotCatalog catalog = SnapshotCatalog.scan(disk);
        catalog.added(SnapshotFile.of(7));
        assertThat(names(catalog.newestFirst())).containsExactly("snapshot.7", "snapshot.5");
        assertThat(names(catalog.newerThan(5))).containsExactly("snapshot.7", "snapshot.9");
        catalog.removed(SnapshotFile.of(7));
        catalog.removed(SnapshotFile.of(9));
        assertThat(catalog.newerThan(5)).isEmpty();
    }
}
