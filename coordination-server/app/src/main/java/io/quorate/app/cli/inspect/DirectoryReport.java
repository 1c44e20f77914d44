package io.quorate.app.cli.inspect;

import io.quorate.app.failure.ExitCodes;
import io.quorate.core.replica.DataInspection;
import io.quorate.core.replica.DataInspection.EpochView;
import io.quorate.core.replica.DataInspection.LogEnd;
import io.quorate.core.replica.DataInspection.LogView;
import io.quorate.core.replica.DataInspection.SnapshotState;
import io.quorate.core.replica.DataInspection.SnapshotView;
import io.quorate.core.replica.SnapshotSummary;
import java.io.PrintStream;
import java.util.List;

/** A data directory in a few lines. */
final class DirectoryReport {

    private final DataInspection inspection;
    private final PrintStream out;
    private boolean damaged;

    DirectoryReport(DataInspection inspection, PrintStream out) {
        this.inspection = inspection;
        this.out = out;
    }

    /** @return the exit code */
    int print() {
        out.println("Epochs");
        inspection.epochs().forEach(this::print);
        List<SnapshotView> snapshots = inspection.snapshots();
        out.println("Snapshots");
        snapshots.forEach(this::print);
        List<LogView> logs = inspection.logs();
        out.println("Logs");
        logs.forEach(this::print);
        boolean loadable = snapshots.stream().anyMatch(snapshot -> snapshot.state() == SnapshotState.LOADABLE);
        if (!loadable && !(snapshots.isEmpty() && logs.isEmpty())) {
            damaged = true;
            out.println("No snapshot can be loaded: a server does not start from this.");
        }
        return damaged ? ExitCodes.FAILURE : ExitCodes.NORMAL;
    }

    private void print(EpochView epoch) {
        damaged |= !epoch.problem().isEmpty();
        String value = epoch.value() == null ? "absent" : epoch.value().toString();
        out.printf("  %-24s %s%n", epoch.file(), epoch.problem().isEmpty() ? value : "MALFORMED: " + epoch.problem());
    }

    private void print(SnapshotView snapshot) {
        damaged |= snapshot.state() == SnapshotState.DAMAGED;
        SnapshotSummary contents = snapshot.contents();
        String text = contents == null
                ? snapshot.state() + ": " + snapshot.problem()
                : contents.nodes() + " nodes (" + contents.ephemerals() + " ephemeral), " + contents.sessions()
                        + " sessions, " + contents.dataBytes() + " bytes of data, digest "
                        + Long.toUnsignedString(contents.digest()) + " (" + contents.digestCheck() + ")";
        damaged |= contents != null && contents.digestCheck().equals("DIFFERS");
        out.printf("  %-24s zxid 0x%x, %d bytes, %s%n", snapshot.file(), snapshot.zxid(), snapshot.sizeBytes(), text);
    }

    private void print(LogView log) {
        damaged |= log.end() == LogEnd.CORRUPT;
        out.printf("  %-24s %s%n", log.file(), text(log));
    }

    static String text(LogView log) {
        String range = log.records() == 0
                ? "no transactions"
                : String.format("zxid 0x%x to 0x%x, %d transactions", log.firstZxid(), log.lastZxid(), log.records());
        String end = log.end() == LogEnd.CLEAN
                ? ""
                : ", " + log.end() + " at offset " + log.endBytes() + ": " + log.problem();
        return range + ", " + log.endBytes() + " of " + log.sizeBytes() + " bytes used" + end;
    }
}
