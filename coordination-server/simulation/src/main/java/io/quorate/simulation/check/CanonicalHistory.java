package io.quorate.simulation.check;

import io.quorate.core.log.CorruptLog;
import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.port.DiskImage;
import io.quorate.core.txn.Txn;
import io.quorate.simulation.Violation;
import java.util.ArrayList;
import java.util.List;

/** The committed transactions from the first one on, as the log has them at the end of a run. */
public final class CanonicalHistory {

    private final List<Txn> txns;

    private CanonicalHistory(List<Txn> txns) {
        this.txns = txns;
    }

    /** Reads the whole log. @param image a disk on which no server runs, with every log file that there has been */
    public static CanonicalHistory read(DiskImage image, LogOptions options) {
        List<Txn> txns = new ArrayList<>();
        try {
            new LogRecovery(image, options).replay(0, (txn, payload) -> txns.add(txn));
        } catch (CorruptLog corrupt) {
            throw new Violation("Z9", "the log cannot be read back: " + corrupt.getMessage());
        }
        for (int i = 0; i < txns.size(); i++) {
            Violation.unless(
                    txns.get(i).zxid() == i + 1L,
                    "Z5",
                    "0x%x is at position %d",
                    txns.get(i).zxid(),
                    i + 1);
        }
        return new CanonicalHistory(txns);
    }

    public List<Txn> txns() {
        return txns;
    }

    public long lastZxid() {
        return txns.size();
    }
}
