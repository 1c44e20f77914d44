package io.quorate.simulation;

/** A property of the server does not hold, or the simulated world itself is inconsistent. Ends the run. */
public final class Violation extends RuntimeException {

    private final String property;

    /** @param property the property's id, as {@code docs/architecture.md} names it in section 10 */
    public Violation(String property, String message) {
        super(property + ": " + message);
        this.property = property;
    }

    public String property() {
        return property;
    }

    /** Fails unless the condition holds. */
    public static void unless(boolean holds, String property, String format, Object... details) {
        if (!holds) {
            throw new Violation(property, String.format(format, details));
        }
    }
}
