package io.quorate.simulation.history;

/** Something that reached a client over a connection. */
public sealed interface Received {

    /** Of the header. */
    long zxid();

    record Reply(Invocation invocation) implements Received {
        @Override
        public long zxid() {
            return invocation.zxid();
        }
    }

    /** @param zxid -1 when no transaction caused it */
    record Event(EventKind kind, String path, long zxid) implements Received {}

    /** The events that a server sends (client protocol 3.2). */
    enum EventKind {
        CREATED(1),
        DELETED(2),
        DATA_CHANGED(3),
        CHILDREN_CHANGED(4);

        private final int code;

        EventKind(int code) {
            this.code = code;
        }

        /** Null when there is no such event. */
        public static @org.jspecify.annotations.Nullable EventKind of(int code) {
            for (EventKind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }
}
