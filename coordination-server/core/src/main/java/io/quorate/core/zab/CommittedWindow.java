package io.quorate.core.zab;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The latest transactions of the history, as bytes, for learners that have been away (quorum protocol 4.5). Contiguous:
 * every transaction that enters the tree enters here, and a history that jumps starts over.
 */
public final class CommittedWindow {

    /** @param payload as it is logged and proposed */
    public record Entry(long zxid, byte[] payload) {}

    private static final int ENTRY_OVERHEAD_BYTES = 64;

    private final int maxEntries;
    private final long maxBytes;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    /**
     * @param maxEntries at least 1
     * @param maxBytes of payloads and what keeping them costs
     */
    public CommittedWindow(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    public void add(long zxid, byte[] payload) {
        entries.addLast(new Entry(zxid, payload));
        bytes += payload.length + ENTRY_OVERHEAD_BYTES;
        while (entries.size() > maxEntries || bytes > maxBytes && entries.size() > 1) {
            bytes -= entries.removeFirst().payload.length + ENTRY_OVERHEAD_BYTES;
        }
    }

    /** The history starts over somewhere else. */
    public void clear() {
        entries.clear();
        bytes = 0;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Zxid of the oldest transaction; requires that there is one. */
    public long first() {
        return entries.getFirst().zxid;
    }

    /** Zxid of the latest transaction; requires that there is one. */
    public long last() {
        return entries.getLast().zxid;
    }

    public int size() {
        return entries.size();
    }

    /** Oldest first; valid until the next change. */
    public Iterator<Entry> iterator() {
        return entries.iterator();
    }

    /** Latest first; valid until the next change. */
    Iterator<Entry> latestFirst() {
        return entries.descendingIterator();
    }
}
