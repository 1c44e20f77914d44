package io.quorate.app.chaos;

import io.quorate.simulation.linearizability.Operation;
import io.quorate.simulation.linearizability.Operation.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What all clients were told, and how long nobody was told of a write. Called from every client's thread. */
final class Ledger {

    private final AtomicInteger lastClient = new AtomicInteger();
    private final List<Operation> operations = new ArrayList<>();
    /** What no register can show and should not have been. */
    private final List<String> anomalies = new ArrayList<>();
    /** Exceptions by name, where they are not an answer that the model knows. */
    private final Map<String, Integer> exceptions = new TreeMap<>();

    private final Map<Status, Integer> outcomes = new EnumMap<>(Status.class);
    private final Map<String, Long> longestGapNanos = new TreeMap<>();
    /** What happens at present, or did last; null before the first. */
    private @Nullable String fault;

    private long lastWriteNanos = System.nanoTime();

    /** A number for a client that has nothing under way. One whose answer is lost goes on under another. */
    int newClient() {
        return lastClient.incrementAndGet();
    }

    synchronized void add(Operation operation) {
        operations.add(operation);
        outcomes.merge(operation.outcome().status(), 1, Integer::sum);
    }

    /** A write has been acknowledged. */
    synchronized void written() {
        closeGap();
        lastWriteNanos = System.nanoTime();
    }

    private void closeGap() {
        String present = fault;
        if (present != null) {
            longestGapNanos.merge(present, System.nanoTime() - lastWriteNanos, Math::max);
        }
    }

    /** From now on, gaps are put down to this fault; one under way is put down to both. */
    synchronized void begins(String newFault) {
        if (fault == null) {
            // How long the first start took says nothing of faults.
            lastWriteNanos = System.nanoTime();
        }
        closeGap();
        fault = newFault;
    }

    synchronized boolean hasWrittenSince(long nanos) {
        return lastWriteNanos - nanos > 0;
    }

    synchronized void anomaly(String what) {
        anomalies.add(what);
    }

    synchronized void exception(String name) {
        exceptions.merge(name, 1, Integer::sum);
    }

    synchronized List<Operation> operations() {
        return new ArrayList<>(operations);
    }

    synchronized List<String> anomalies() {
        return new ArrayList<>(anomalies);
    }

    synchronized Map<String, Integer> exceptions() {
        return new TreeMap<>(exceptions);
    }

    synchronized Map<Status, Integer> outcomes() {
        return new EnumMap<>(outcomes);
    }

    synchronized Map<String, Long> longestGapNanos() {
        return new TreeMap<>(longestGapNanos);
    }
}
