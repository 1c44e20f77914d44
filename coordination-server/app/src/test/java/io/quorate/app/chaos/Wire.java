package io.quorate.app.chaos;

/** One direction between two ends. The nemesis sets its condition, the proxy's thread reads it. */
final class Wire {

    /**
     * What bytes meet on their way. No byte is ever lost within a connection: as with TCP, what does not arrive now
     * arrives later or never, and then nothing behind it does.
     *
     * @param cut connections are reset and refused
     * @param held nothing arrives until the wire is good again
     * @param delayNanos between the two ends
     * @param jitterNanos at most so much more, at random; order is kept
     * @param bytesPerSecond of each connection; 0 is no limit
     */
    record Condition(boolean cut, boolean held, long delayNanos, long jitterNanos, int bytesPerSecond) {

        static final Condition GOOD = new Condition(false, false, 0, 0, 0);
        static final Condition CUT = new Condition(true, false, 0, 0, 0);
        static final Condition HELD = new Condition(false, true, 0, 0, 0);

        static Condition slow(long delayNanos, long jitterNanos) {
            return new Condition(false, false, delayNanos, jitterNanos, 0);
        }

        static Condition narrow(int bytesPerSecond) {
            return new Condition(false, false, 0, 0, bytesPerSecond);
        }
    }

    private final String name;
    private volatile Condition condition = Condition.GOOD;

    Wire(String name) {
        this.name = name;
    }

    Condition condition() {
        return condition;
    }

    /** To be followed by {@link FaultProxy#applyConditions}. */
    void set(Condition newCondition) {
        condition = newCondition;
    }

    @Override
    public String toString() {
        return name;
    }
}
