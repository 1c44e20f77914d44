package io.quorate.simulation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFailure;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.DiskOutcome.Cause;
import io.quorate.core.port.DiskOutcome.Failed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The promises of {@link Disk} and {@link DiskImage} that hold without a crash. */
public abstract class DiskContract {

    private static final DiskFile A = DiskFile.log("a");
    private static final DiskFile B = DiskFile.log("b");
    private static final DiskFile OTHER_VOLUME = DiskFile.snapshot("a");

    private final Map<Long, DiskOutcome> outcomes = new LinkedHashMap<>();
    private long tickets;

    /** An empty disk's lane. */
    protected abstract Disk lane();

    /** The same disk, for reading what the lane did once everything has completed. */
    protected abstract DiskImage image();

    /** Waits for at least one completion and hands over all that there are; fails when none comes. */
    protected abstract void awaitCompletions(Disk.Completions sink);

    private long ticket() {
        return ++tickets;
    }

    /** Waits for everything under way; returns the outcome of the last command. */
    private DiskOutcome settle() {
        while (outcomes.size() < tickets) {
            awaitCompletions((ticket, outcome) -> assertThat(outcomes.put(ticket, outcome))
                    .as("completed once")
                    .isNull());
        }
        return outcomes.get(tickets);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private String content(DiskFile file) {
        ByteBuffer all = ByteBuffer.allocate((int) image().sizeBytes(file));
        while (all.hasRemaining() && image().read(file, all.position(), all) > 0) {
            continue;
        }
        return new String(all.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private void write(DiskFile file, long offset, String text) {
        lane().write(ticket(), file, offset, bytes(text));
    }

    @Test
    void completesEveryCommandOnceAndInOrder() {
        for (int i = 0; i < 500; i++) {
            write(i % 3 == 0 ? B : A, i, "x");
            if (i % 2 == 0) {
                lane().force(ticket(), i % 5 == 0 ? B : A);
            }
        }
        settle();

        List<Long> inOrder = new ArrayList<>();
        for (long ticket = 1; ticket <= tickets; ticket++) {
            inOrder.add(ticket);
        }
        assertThat(outcomes.keySet()).containsExactlyElementsOf(inOrder);
        assertThat(outcomes.values()).allMatch(DiskOutcome.DONE::equals);
    }

    @Test
    void writesTakeEffectInOrder() {
        write(A, 0, "first, long");
        lane().force(ticket(), A);
        write(A, 0, "second");
        write(A, 13, "!");
        lane().force(ticket(), A);
        settle();

        assertThat(content(A)).isEqualTo("second long\0\0!");
    }

    @Test
    void aBufferIsReadFromItsPositionAndNotAfterItsCompletion() {
        ByteBuffer buffer = bytes("--content--").position(2).limit(9);
        lane().write(ticket(), A, 0, buffer);
        settle();
        buffer.clear().put(bytes("garbage her"));
        lane().force(ticket(), A);
        settle();

        assertThat(content(A)).isEqualTo("content");
    }

    @Test
    void reserveAddsZerosAndKeepsWhatIsThere() {
        write(A, 0, "abc");
        lane().reserve(ticket(), A, 5);
        settle();
        assertThat(content(A)).isEqualTo("abc\0\0");
        lane().reserve(ticket(), A, 2);
        settle();
        assertThat(content(A)).as("never shrinks").isEqualTo("abc\0\0");
        lane().reserve(ticket(), B, 3_000_000);
        settle();
        assertThat(image().sizeBytes(B)).isEqualTo(3_000_000);
    }

    @Test
    void truncateCuts() {
        write(A, 0, "abcdef");
        lane().truncate(ticket(), A, 2);
        write(A, 4, "x");
        settle();
        assertThat(content(A)).as("zeros where something had been").isEqualTo("ab\0\0x");
    }

    @Test
    void renameReplacesAndTheNewNameLeadsToTheFile() {
        write(A, 0, "new");
        lane().force(ticket(), A);
        write(B, 0, "old and longer");
        lane().force(ticket(), B);
        lane().rename(ticket(), A, B);
        write(B, 3, "er");
        lane().force(ticket(), B);
        write(A, 0, "another");
        settle();

        assertThat(outcomes.values()).allMatch(DiskOutcome.DONE::equals);
        assertThat(content(B)).isEqualTo("newer");
        assertThat(content(A)).isEqualTo("another");
    }

    @Test
    void aDeletedFileIsGoneAndMayBeMadeAnew() {
        lane().delete(ticket(), A);
        assertThat(settle()).as("deleting what is absent").isEqualTo(DiskOutcome.DONE);
        write(A, 0, "long ago");
        lane().delete(ticket(), A);
        settle();
        assertThat(image().list(Volume.LOG)).doesNotContain("a");
        write(A, 0, "now");
        settle();
        assertThat(content(A)).isEqualTo("now");
    }

    @Test
    void readTellsHowMuch() {
        write(A, 0, "abcdef");
        ByteBuffer into = ByteBuffer.allocate(4);
        lane().read(ticket(), A, 3, into);
        assertThat(settle()).isEqualTo(new DiskOutcome.Done(3));
        assertThat(into.flip()).isEqualTo(bytes("def"));
        lane().read(ticket(), A, 6, ByteBuffer.allocate(4));
        assertThat(settle()).as("at the end").isEqualTo(new DiskOutcome.Done(-1));
    }

    @Test
    void absentFilesAreToldApart() {
        lane().force(ticket(), A);
        assertNoSuchFile();
        lane().truncate(ticket(), A, 0);
        assertNoSuchFile();
        lane().rename(ticket(), A, B);
        assertNoSuchFile();
        lane().read(ticket(), A, 0, ByteBuffer.allocate(1));
        assertNoSuchFile();
    }

    private void assertNoSuchFile() {
        assertThat(settle()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(Cause.NO_SUCH_FILE);
            assertThat(failed.message()).contains("a");
        });
    }

    @Test
    void goesOnAfterAFailure() {
        write(A, 0, "before");
        lane().force(ticket(), B);
        write(A, 0, "behind");
        lane().force(ticket(), A);
        settle();

        assertThat(outcomes.get(2L)).isInstanceOf(Failed.class);
        assertThat(content(A)).isEqualTo("behind");
    }

    @Test
    void anExaminationSeesWhatWasWrittenBeforeIt() {
        AtomicReference<String> seen = new AtomicReference<>();
        write(A, 0, "before");
        lane().examine(ticket(), image -> {
            ByteBuffer into = ByteBuffer.allocate(100);
            int bytes = image.read(A, 0, into);
            seen.set(new String(into.array(), 0, bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
        });
        write(A, 0, "behind");
        settle();

        assertThat(outcomes.values()).allMatch(DiskOutcome.DONE::equals);
        assertThat(seen).hasValue("before");
        assertThat(content(A)).isEqualTo("behind");
    }

    @Test
    void whatAnExaminationChangesIsWhatLaterCommandsMeet() {
        write(A, 0, "abcdef");
        lane().force(ticket(), A);
        write(B, 0, "to go");
        write(OTHER_VOLUME, 0, "old");
        lane().examine(ticket(), image -> {
            image.truncate(A, 3);
            image.delete(B);
            image.replace(OTHER_VOLUME, bytes("new and longer"));
        });
        write(A, 4, "x");
        lane().force(ticket(), A);
        write(OTHER_VOLUME, 3, "er");
        settle();
        assertThat(outcomes.values()).allMatch(DiskOutcome.DONE::equals);
        lane().read(ticket(), B, 0, ByteBuffer.allocate(1));
        assertThat(settle())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.cause()).isEqualTo(Cause.NO_SUCH_FILE));
        assertThat(content(A)).isEqualTo("abc\0x");
        assertThat(content(OTHER_VOLUME)).isEqualTo("newernd longer");
    }

    @Test
    void whatAnExaminationThrowsIsItsOutcomeInItsOwnWords() {
        lane().examine(ticket(), image -> image.sizeBytes(A));
        assertThat(settle())
                .as("of the medium")
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("a"));
        lane().examine(ticket(), image -> {
            throw new IllegalStateException("log.1 is damaged in the middle");
        });
        assertThat(settle()).as("of the data").isEqualTo(new Failed(Cause.IO_ERROR, "log.1 is damaged in the middle"));
        lane().examine(ticket(), image -> {
            throw new IllegalStateException();
        });
        assertThat(settle())
                .as("of somebody who has no words")
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("IllegalStateException"));
        write(A, 0, "goes on");
        settle();
        assertThat(content(A)).isEqualTo("goes on");
    }

    @Test
    void volumesAreApart() {
        write(A, 0, "log");
        write(OTHER_VOLUME, 0, "snapshot");
        settle();
        assertThat(content(A)).isEqualTo("log");
        assertThat(content(OTHER_VOLUME)).isEqualTo("snapshot");
    }

    @Test
    void theImageListsInOrder() {
        write(B, 0, "x");
        write(A, 0, "x");
        settle();
        assertThat(image().list(Volume.LOG)).containsSubsequence("a", "b");
        assertThat(image().list(Volume.SNAPSHOT)).doesNotContain("a", "b");
    }

    @Test
    void theImageReplacesCutsRewritesAndDeletes() {
        image().replace(A, bytes("one"));
        image().replace(A, bytes("second"));
        assertThat(content(A)).isEqualTo("second");
        assertThat(image().list(Volume.LOG)).doesNotContain("a.tmp");
        image().rewrite(A, 2, 3);
        image().force(A);
        assertThat(content(A)).isEqualTo("second");
        image().truncate(A, 3);
        assertThat(content(A)).isEqualTo("sec");
        assertThat(image().read(A, 3, ByteBuffer.allocate(1))).isEqualTo(-1);
        image().delete(A);
        assertThat(image().list(Volume.LOG)).doesNotContain("a");
        assertThatThrownBy(() -> image().sizeBytes(A))
                .isInstanceOf(DiskFailure.class)
                .hasMessageContaining("a");
    }
}
