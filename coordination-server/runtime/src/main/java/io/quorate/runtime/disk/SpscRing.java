package io.quorate.runtime.disk;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A bounded queue from one thread to one other, without locks. */
final class SpscRing<T> {

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;
    /** Elements ever taken; written by the consumer. */
    private final AtomicLong taken = new AtomicLong();
    /** Elements ever offered; written by the producer. */
    private final AtomicLong offered = new AtomicLong();

    /** @param capacity rounded up to a power of two */
    SpscRing(int capacity) {
        int rounded = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
        slots = new AtomicReferenceArray<>(rounded);
        mask = rounded - 1;
    }

    /** Producer: false when full. */
    boolean offer(T element) {
        long at = offered.getPlain();
        if (at - taken.get() > mask) {
            return false;
        }
        slots.setPlain((int) at & mask, element);
        // Sequentially consistent, not just released: a producer that then finds the consumer awake need not wake it.
        offered.set(at + 1);
        return true;
    }

    /** Consumer: the oldest element, or null. */
    @Nullable
    T poll() {
        long at = taken.getPlain();
        if (at == offered.get()) {
            return null;
        }
        T element = slots.getPlain((int) at & mask);
        slots.setPlain((int) at & mask, null);
        taken.set(at + 1);
        return element;
    }

    boolean isEmpty() {
        return taken.get() == offered.get();
    }

    /** Elements ever offered. */
    long offeredCount() {
        return offered.get();
    }

    /** Elements ever taken. */
    long takenCount() {
        return taken.get();
    }
}
