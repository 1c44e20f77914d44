package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an epoch store asks of its lane, command by command, and what it makes of the answers. */
final class EpochStoreTest {

    private final Lane lane = new Lane();
    private final EpochStore store = new EpochStore(lane, new TicketSource(), 4, 3);
    private final List<String> heard = new ArrayList<>();

    private static final class Lane implements Disk {
        private final ArrayDeque<Long> tickets = new ArrayDeque<>();
        private final List<String> commands = new ArrayList<>();

        private void take(long ticket, String command) {
            tickets.addLast(ticket);
            commands.add(command);
        }

        @Override
        public void reserve(long ticket, DiskFile file, long sizeBytes) {
            take(ticket, "reserve");
        }

        @Override
        public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
            take(ticket, "write " + file.name());
        }

        @Override
        public void force(long ticket, DiskFile file) {
            take(ticket, "force " + file.name());
        }

        @Override
        public void truncate(long ticket, DiskFile file, long sizeBytes) {
            take(ticket, "truncate");
        }

        @Override
        public void rename(long ticket, DiskFile from, DiskFile to) {
            take(ticket, "rename to " + to.name());
        }

        @Override
        public void delete(long ticket, DiskFile file) {
            take(ticket, "delete " + file.name());
        }

        @Override
        public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
            take(ticket, "read");
        }

        @Override
        public void examine(long ticket, Consumer<DiskImage> work) {
            take(ticket, "examine");
        }
    }

    private void complete(DiskOutcome outcome) {
        assertThat(store.onDiskCompleted(lane.tickets.removeFirst(), outcome)).isTrue();
    }

    private void accept(long epoch) {
        store.accept(epoch, () -> heard.add("accepted " + epoch), reason -> heard.add("refused " + epoch));
    }

    private void enter(long epoch) {
        store.enter(epoch, () -> heard.add("entered " + epoch), reason -> heard.add("refused " + epoch));
    }

    @Test
    void replacesTheFileOnceItsSuccessorIsForced() {
        accept(5);
        assertThat(lane.commands)
                .containsExactly("delete acceptedEpoch.tmp", "write acceptedEpoch.tmp", "force acceptedEpoch.tmp");
        complete(DiskOutcome.DONE);
        complete(DiskOutcome.DONE);
        assertThat(lane.commands).hasSize(3);
        complete(DiskOutcome.DONE);
        assertThat(lane.commands).hasSize(4).endsWith("rename to acceptedEpoch");
        assertThat(store.accepted()).isEqualTo(4);
        complete(DiskOutcome.DONE);
        assertThat(store.accepted()).isEqualTo(5);
        assertThat(heard).containsExactly("accepted 5");
        assertThat(store.isBusy()).isFalse();
    }

    /** Found by the simulation: the rename went out with the force, and was carried out although the force failed. */
    @Test
    void keepsTheGoodFileWhenItsSuccessorIsNotForced() {
        accept(5);
        complete(DiskOutcome.DONE);
        complete(DiskOutcome.DONE);
        complete(new DiskOutcome.Failed(DiskOutcome.Cause.IO_ERROR, "broken"));
        assertThat(lane.commands).noneMatch(command -> command.startsWith("rename"));
        assertThat(store.fatalFailure()).contains("broken");
        assertThat(heard).isEmpty();
    }

    @Test
    void aFullDiskRefusesAndChangesNothing() {
        accept(5);
        complete(DiskOutcome.DONE);
        complete(new DiskOutcome.Failed(DiskOutcome.Cause.NO_SPACE, "full"));
        complete(new DiskOutcome.Failed(DiskOutcome.Cause.NO_SUCH_FILE, "no such file"));
        assertThat(heard).containsExactly("refused 5");
        assertThat(store.fatalFailure()).isNull();
        assertThat(store.accepted()).isEqualTo(4);
        assertThat(store.isBusy()).isFalse();
    }

    @Test
    void oneChangeAfterTheOther() {
        accept(5);
        enter(5);
        assertThat(lane.commands).hasSize(3);
        for (int i = 0; i < 4; i++) {
            complete(DiskOutcome.DONE);
        }
        assertThat(lane.commands).hasSize(7).endsWith("force currentEpoch.tmp");
        assertThat(heard).containsExactly("accepted 5");
        for (int i = 0; i < 4; i++) {
            complete(DiskOutcome.DONE);
        }
        assertThat(heard).containsExactly("accepted 5", "entered 5");
        assertThat(store.current()).isEqualTo(5);
    }

    @Test
    void whatIsSoAlreadyIsToldAtOnce() {
        accept(4);
        assertThat(heard).containsExactly("accepted 4");
        assertThat(lane.commands).isEmpty();
    }
}
