package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Status;
import org.jspecify.annotations.Nullable;

/**
 * One node, as the model knows it.
 *
 * @param version {@link #ABSENT} when there is no node
 * @param value number of the value; 0 for no node, and for every value that nobody was ever told
 */
record Register(int version, int value) {

    private static final int ABSENT = -1;
    static final Register NONE = new Register(ABSENT, 0);

    boolean exists() {
        return version != ABSENT;
    }

    /**
     * What an operation leaves that takes effect here.
     *
     * @return null when it cannot do so with the answer that it got; for an unknown one, when it would change nothing
     */
    @Nullable
    Register after(Step step) {
        return switch (step.status()) {
            case OK, UNKNOWN -> success(step);
            case NO_NODE -> exists() ? null : this;
            case NODE_EXISTS -> exists() ? this : null;
            case BAD_VERSION -> exists() && !accepts(step.version()) ? this : null;
        };
    }

    private @Nullable Register success(Step step) {
        return switch (step.kind()) {
            case CREATE -> exists() ? null : new Register(0, step.value());
            case SET -> {
                boolean told = step.status() == Status.UNKNOWN || step.toldVersion() == version + 1;
                yield exists() && accepts(step.version()) && told ? new Register(version + 1, step.value()) : null;
            }
            case DELETE -> exists() && accepts(step.version()) ? NONE : null;
            case EXISTS -> exists() && step.toldVersion() == version ? this : null;
            case GET -> exists() && step.toldVersion() == version && step.value() == value ? this : null;
        };
    }

    private boolean accepts(int expected) {
        return expected == Operation.ANY || expected == version;
    }
}
