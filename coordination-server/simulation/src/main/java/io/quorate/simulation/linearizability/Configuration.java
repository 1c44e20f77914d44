package io.quorate.simulation.linearizability;

import java.util.Arrays;

/**
 * A point that the search has reached: what the register may be, and which of the operations that are not over have
 * taken effect already. Immutable.
 *
 * @param open a bit for the slot of each known operation under way that has taken effect
 * @param used a bit for each unknown operation that has; without zeros at the end
 */
record Configuration(Register register, long open, long[] used) {

    static final Configuration START = new Configuration(Register.NONE, 0, new long[0]);

    boolean hasOpen(int slot) {
        return (open & 1L << slot) != 0;
    }

    Configuration withOpen(Register changed, int slot) {
        return new Configuration(changed, open | 1L << slot, used);
    }

    Configuration withoutOpen(int slot) {
        return new Configuration(register, open & ~(1L << slot), used);
    }

    boolean hasUsed(int unknown) {
        int word = unknown / Long.SIZE;
        return word < used.length && (used[word] & 1L << unknown) != 0;
    }

    Configuration withUsed(Register changed, int unknown) {
        int word = unknown / Long.SIZE;
        long[] more = Arrays.copyOf(used, Math.max(used.length, word + 1));
        more[word] |= 1L << unknown;
        return new Configuration(changed, open, more);
    }

    /**
     * Whether everything that can follow the other can follow this one too: it has used no unknown operation that the
     * other has left, and is behind with no reading one. For two of the same register and the same writes under way.
     */
    boolean covers(Configuration other) {
        if ((other.open & ~open) != 0 || used.length > other.used.length) {
            return false;
        }
        for (int i = 0; i < used.length; i++) {
            if ((used[i] & ~other.used[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that
                && register.equals(that.register)
                && open == that.open
                && Arrays.equals(used, that.used);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * register.hashCode() + Long.hashCode(open)) + Arrays.hashCode(used);
    }

    @Override
    public String toString() {
        return register + " open " + Long.toBinaryString(open) + " used " + Arrays.toString(used);
    }
}
