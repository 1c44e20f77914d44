package io.quorate.app.cli.inspect;

import io.quorate.app.failure.ExitCodes;
import io.quorate.core.replica.DataInspection;
import io.quorate.core.replica.DataInspection.LogEnd;
import io.quorate.core.replica.DataInspection.LogView;
import io.quorate.core.replica.DataInspection.TransactionView;
import io.quorate.core.replica.SnapshotContents;
import io.quorate.core.replica.SnapshotContents.NodeView;
import io.quorate.core.replica.SnapshotContents.SessionView;
import io.quorate.core.replica.SnapshotSummary;
import java.io.PrintStream;
import java.time.Instant;

/** One file, a line for each thing in it. */
final class FileReport {

    private final DataInspection inspection;
    private final String file;
    private final boolean withData;
    private final PrintStream out;

    FileReport(DataInspection inspection, String file, boolean withData, PrintStream out) {
        this.inspection = inspection;
        this.file = file;
        this.withData = withData;
        this.out = out;
    }

    /** @return the exit code */
    int printLog() {
        LogView log = inspection.log(file, withData, this::print);
        out.println(file + ": " + DirectoryReport.text(log));
        return log.end() == LogEnd.CORRUPT ? ExitCodes.FAILURE : ExitCodes.NORMAL;
    }

    private void print(TransactionView txn) {
        out.printf(
                "%s session 0x%x cxid 0x%x zxid 0x%x %s%s%n",
                Instant.ofEpochMilli(txn.timeMillis()),
                txn.sessionId(),
                txn.cxid(),
                txn.zxid(),
                txn.text(),
                txn.digest() == null ? "" : " digest " + Long.toUnsignedString(txn.digest()));
    }

    /** @return the exit code */
    int printSnapshot() {
        SnapshotContents contents = inspection.snapshot(file);
        contents.sessions().forEach(this::print);
        contents.forEachNode(withData, this::print);
        SnapshotSummary summary = contents.summary();
        out.printf(
                "%s: %d nodes (%d ephemeral), %d sessions, %d bytes of data, digest %s (%s)%n",
                file,
                summary.nodes(),
                summary.ephemerals(),
                summary.sessions(),
                summary.dataBytes(),
                Long.toUnsignedString(summary.digest()),
                summary.digestCheck());
        return summary.digestCheck().equals("DIFFERS") ? ExitCodes.FAILURE : ExitCodes.NORMAL;
    }

    private void print(SessionView session) {
        out.printf(
                "session 0x%x timeout %dms ephemerals %d%n",
                session.id(), session.timeoutMillis(), session.ephemerals());
    }

    private void print(NodeView node) {
        out.printf(
                "%s %s czxid 0x%x mzxid 0x%x pzxid 0x%x ctime %s mtime %s version %d cversion %d aversion %d",
                node.path(),
                node.kind(),
                node.czxid(),
                node.mzxid(),
                node.pzxid(),
                Instant.ofEpochMilli(node.ctimeMillis()),
                Instant.ofEpochMilli(node.mtimeMillis()),
                node.version(),
                node.cversion(),
                node.aversion());
        out.printf(" owner 0x%x children %d data %s acl %s%n", node.owner(), node.children(), node.data(), node.acl());
    }
}
