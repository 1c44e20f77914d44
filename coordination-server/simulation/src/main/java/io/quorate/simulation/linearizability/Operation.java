package io.quorate.simulation.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * One operation on one register, as its client saw it. A read belongs here only behind a {@code sync}, and is then
 * invoked when the {@code sync} is.
 *
 * @param client who asked; a client has one operation under way at a time
 * @param invokedNanos before the request left, on the clock that all clients share
 * @param returnedNanos after the answer was there; {@link #NEVER} for one whose outcome is unknown
 */
public record Operation(int client, String path, Call call, Outcome outcome, long invokedNanos, long returnedNanos) {

    /** When an operation returns whose answer was lost: it may take effect at any time, once or never. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Any version will do. */
    public static final int ANY = -1;

    public Operation {
        if (returnedNanos < invokedNanos) {
            throw new IllegalArgumentException(call + " on " + path + " returned at " + returnedNanos
                    + ", before it was invoked: " + invokedNanos);
        }
        if ((outcome.status() == Status.UNKNOWN) != (returnedNanos == NEVER)) {
            throw new IllegalArgumentException(call + " on " + path + " with outcome " + outcome + " returned at "
                    + returnedNanos + ": what is unknown never returns, and nothing else");
        }
    }

    /** What can be asked of a register. */
    public enum Kind {
        CREATE,
        SET,
        DELETE,
        EXISTS,
        GET;

        /** Whether it leaves a register as it is, whatever the answer. */
        boolean isRead() {
            return this == EXISTS || this == GET;
        }
    }

    /**
     * The request.
     *
     * @param value of a create or a set
     * @param version that a set or a delete demands, or {@link #ANY}
     */
    public record Call(Kind kind, @Nullable String value, int version) {

        public static Call create(String value) {
            return new Call(Kind.CREATE, value, ANY);
        }

        public static Call set(String value, int version) {
            return new Call(Kind.SET, value, version);
        }

        public static Call delete(int version) {
            return new Call(Kind.DELETE, null, version);
        }

        public static Call exists() {
            return new Call(Kind.EXISTS, null, ANY);
        }

        public static Call get() {
            return new Call(Kind.GET, null, ANY);
        }

        @Override
        public String toString() {
            String expected = version == ANY ? "" : " if version " + version;
            return kind.name().toLowerCase(java.util.Locale.ROOT) + (value == null ? "" : " " + value) + expected;
        }
    }

    /** What the answer can be. */
    public enum Status {
        OK,
        NO_NODE,
        NODE_EXISTS,
        BAD_VERSION,
        UNKNOWN
    }

    /**
     * The answer.
     *
     * @param version of the register, where the answer tells it: behind a set, or of what was read
     * @param value that was read by a get
     */
    public record Outcome(
            Status status, int version, @Nullable String value) {

        /** Success that tells nothing more: of a create or a delete. */
        public static final Outcome DONE = new Outcome(Status.OK, ANY, null);

        public static final Outcome UNKNOWN = new Outcome(Status.UNKNOWN, ANY, null);

        public static Outcome failed(Status status) {
            return new Outcome(status, ANY, null);
        }

        public static Outcome version(int version) {
            return new Outcome(Status.OK, version, null);
        }

        public static Outcome read(int version, String value) {
            return new Outcome(Status.OK, version, value);
        }

        @Override
        public String toString() {
            return status + (version == ANY ? "" : " version " + version) + (value == null ? "" : " " + value);
        }
    }

    @Override
    public String toString() {
        return "client " + client + ": " + call + " -> " + outcome;
    }
}
