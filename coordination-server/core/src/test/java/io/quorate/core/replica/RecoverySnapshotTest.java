package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.ServerEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots that are not whole (quorum protocol 9.5, 9.8). */
class RecoverySnapshotTest {

    private final MemoryDisk disk = new MemoryDisk();
    private final List<String> reported = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();

    private Replica recover(boolean trustEmpty) {
        ReplicaOptions usual = ReplicaOptions.defaults();
        ReplicaOptions.Storage storage = new ReplicaOptions.Storage(100_000, 0, 0, 1, 3, trustEmpty);
        ReplicaOptions options = usual.withStorage(storage);
        ClientLinks nobody = new Bench(usual);
        ServerEvents ignored = new ServerEvents() {};
        return new Recovery(options, disk, reported::add, warned::add)
                .recover(new Recovery.Ports(nobody, disk, disk, ignored, bound -> 0), 0, 1_000);
    }

    /** A whole snapshot of an empty tree under another name, of which only so many bytes are kept. */
    private void put(String name, int bytes) {
        MemoryDisk fresh = new MemoryDisk();
        new Bench(ReplicaOptions.defaults(), fresh);
        byte[] whole = fresh.files.get(DiskFile.snapshot("snapshot.0"));
        disk.files.put(DiskFile.snapshot(name), Arrays.copyOf(whole, Math.min(bytes, whole.length)));
    }

    @Test
    void anIncompleteOneIsPassedOverWithAWarning() {
        put("snapshot.5", Integer.MAX_VALUE);
        put("snapshot.9", 100);
        assertThat(recover(false).status().appliedZxid()).isEqualTo(5);
        assertThat(warned).singleElement().asString().contains("snapshot.9 is incomplete");
        assertThat(reported).singleElement().asString().contains("recovered up to zxid 0x5 from snapshot.5");
    }

    @Test
    void aLoneOneOfALaterStateIsNoEmptyServer() {
        put("snapshot.9", 100);
        assertThatThrownBy(() -> recover(false))
                .isInstanceOf(UnusableData.class)
                .hasMessageContaining("snapshot.9")
                .hasMessageContaining("Restore a snapshot");
        assertThat(warned).hasSize(1);
        assertThat(recover(true).status().appliedZxid()).as("told to").isZero();
    }

    @Test
    void aLoneOneOfTheEmptyTreeIsWhatACrashAtTheVeryFirstStartLeaves() {
        put("snapshot.0", 100);
        assertThat(recover(false).status().appliedZxid()).isZero();
        assertThat(warned).singleElement().asString().contains("snapshot.0 is incomplete");
    }

    @Test
    void oneThatEndsWellAndCannotBeReadIsNotPassedOver() {
        put("snapshot.0", Integer.MAX_VALUE);
        disk.files.get(DiskFile.snapshot("snapshot.0"))[20] ^= 1;
        assertThatThrownBy(() -> recover(false))
                .isInstanceOf(UnusableData.class)
                .hasMessageContaining("none of the 1 snapshots can be read");
    }

    /** A server without peers that has logged two transactions, with one more snapshot, which cannot be read. */
    private void putDamaged(String name) {
        Bench bench = new Bench(ReplicaOptions.defaults(), disk);
        bench.connect(1);
        bench.create(1, 1, "/n", 0);
        bench.settle();
        put(name, Integer.MAX_VALUE);
        disk.files.get(DiskFile.snapshot(name))[20] ^= 1;
    }

    @Test
    void oneThatCannotBeReadIsPassedOverWhereTheLogReachesAsFar() {
        putDamaged("snapshot.2");
        assertThat(recover(false).status().appliedZxid()).isEqualTo(2);
        assertThat(warned).singleElement().asString().contains("snapshot passed over: snapshot:snapshot.2 at byte");
    }

    /** A member would forget what its leader had brought it up to. */
    @Test
    void oneThatCannotBeReadIsMissedWhereTheLogEndsBeforeIt() {
        putDamaged("snapshot.3");
        assertThatThrownBy(() -> recover(false))
                .isInstanceOf(UnusableData.class)
                .hasMessageContaining("the data ends at zxid 0x2: snapshot:snapshot.3 at byte");
    }

    @Test
    void logsWithoutTheirSnapshotAreRefusedWithTheNameOfTheOneThatIsIncomplete() {
        putDamaged("snapshot.2");
        disk.files.remove(DiskFile.snapshot("snapshot.2"));
        put("snapshot.0", 100);
        assertThatThrownBy(() -> recover(false))
                .isInstanceOf(UnusableData.class)
                .hasMessageContaining(
                        "no snapshot that they build upon other than snapshot:snapshot.0, which is incomplete");
    }
}
