package io.quorate.simulation.run;

/**
 * Which servers there are.
 *
 * @param voters 0 for one server without peers
 */
public record Shape(int voters, int observers) {

    static final Shape STANDALONE = new Shape(0, 0);

    boolean isEnsemble() {
        return voters > 0;
    }

    int servers() {
        return isEnsemble() ? voters + observers : 1;
    }

    /** How many voters may be lost without losing the service. */
    int tolerated() {
        return Math.max(0, (voters - 1) / 2);
    }

    @Override
    public String toString() {
        return isEnsemble() ? voters + (observers > 0 ? "+" + observers : "") : "standalone";
    }
}
