package io.quorate.core.watch;

import org.jspecify.annotations.Nullable;

/** Which registrations checkWatches and removeWatches mean (client protocol 7.5). */
public enum WatcherType {
    CHILDREN(1, Registration.CHILD),
    DATA(2, Registration.DATA),
    ANY(3, Registration.ALL),
    PERSISTENT(4, Registration.PERSISTENT),
    PERSISTENT_RECURSIVE(5, Registration.RECURSIVE);

    private final int number;
    private final int modes;

    WatcherType(int number, int modes) {
        this.number = number;
        this.modes = modes;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The bits of {@link Registration#modes} that it stands for. */
    int modes() {
        return modes;
    }

    /** The type with that number on the wire, or null: the answer is then MARSHALLINGERROR. */
    public static @Nullable WatcherType of(int number) {
        for (WatcherType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
