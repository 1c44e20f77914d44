package io.quorate.simulation.check;

import io.quorate.core.log.CorruptLog;
import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.port.DiskImage;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.simulation.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The committed transactions from the first one on. */
public final class CanonicalHistory {

    private final List<Step> steps;

    /**
     * Something that the history comes to.
     *
     * @param txn null where an epoch opens, which changes nothing but the zxid
     */
    record Step(long zxid, @Nullable Txn txn) {}

    /** A transaction as it was committed. */
    public record Logged(long zxid, byte[] payload) {}

    private CanonicalHistory(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * Reads the whole log of a server without peers.
     *
     * @param image a disk on which no server runs, with every log file that there has been
     */
    public static CanonicalHistory read(DiskImage image, LogOptions options) {
        List<Step> steps = new ArrayList<>();
        try {
            new LogRecovery(image, options).replay(0, (txn, payload) -> steps.add(new Step(txn.zxid(), txn)));
        } catch (CorruptLog corrupt) {
            throw new Violation("Z9", "the log cannot be read back: " + corrupt.getMessage());
        }
        for (int i = 0; i < steps.size(); i++) {
            Violation.unless(
                    steps.get(i).zxid() == i + 1L,
                    "Z5",
                    "0x%x is at position %d",
                    steps.get(i).zxid(),
                    i + 1);
        }
        return new CanonicalHistory(steps);
    }

    /**
     * What an ensemble has committed.
     *
     * @param logged in order
     * @param epochs that were established
     */
    public static CanonicalHistory of(List<Logged> logged, Collection<Long> epochs) {
        List<Step> steps = new ArrayList<>();
        TreeSet<Long> opening = new TreeSet<>(epochs);
        for (Logged next : logged) {
            while (!opening.isEmpty() && opening.first() <= Zxid.epoch(next.zxid)) {
                steps.add(new Step(Zxid.of(opening.pollFirst(), 0), null));
            }
            steps.add(new Step(next.zxid, TxnCodec.read(ByteBuffer.wrap(next.payload))));
        }
        opening.forEach(epoch -> steps.add(new Step(Zxid.of(epoch, 0), null)));
        return new CanonicalHistory(steps);
    }

    List<Step> steps() {
        return steps;
    }

    /** How many transactions there are. */
    public long size() {
        return steps.stream().filter(step -> step.txn != null).count();
    }

    long lastZxid() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).zxid;
    }
}
