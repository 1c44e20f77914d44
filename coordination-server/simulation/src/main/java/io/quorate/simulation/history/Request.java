package io.quorate.simulation.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks for: the operations of client protocol 3.1 that workloads use. Data is text. */
public sealed interface Request {

    /** Any version will do. */
    int ANY = -1;

    /** The number on the wire. */
    int opCode();

    /** Whether it becomes a transaction when it succeeds. */
    default boolean isWrite() {
        return false;
    }

    /** The create flags that workloads use. */
    enum Kind {
        PERSISTENT(0),
        EPHEMERAL(1),
        SEQUENTIAL(2),
        EPHEMERAL_SEQUENTIAL(3),
        CONTAINER(4);

        private final int flags;

        Kind(int flags) {
            this.flags = flags;
        }

        public int flags() {
            return flags;
        }

        public boolean isEphemeral() {
            return this == EPHEMERAL || this == EPHEMERAL_SEQUENTIAL;
        }

        public boolean isSequential() {
            return this == SEQUENTIAL || this == EPHEMERAL_SEQUENTIAL;
        }
    }

    /** @param withStat whether the reply carries the new node's statistics */
    record Create(String path, @Nullable String data, Kind kind, boolean withStat) implements Request {
        @Override
        public int opCode() {
            if (kind == Kind.CONTAINER) {
                return 19;
            }
            return withStat ? 15 : 1;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    record Delete(String path, int version) implements Request {
        @Override
        public int opCode() {
            return 2;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    record SetData(String path, @Nullable String data, int version) implements Request {
        @Override
        public int opCode() {
            return 5;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    /** Inside a multi only. */
    record Check(String path, int version) implements Request {
        @Override
        public int opCode() {
            return 13;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    record Multi(List<Request> parts) implements Request {
        @Override
        public int opCode() {
            return 14;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    record CloseSession() implements Request {
        @Override
        public int opCode() {
            return -11;
        }

        @Override
        public boolean isWrite() {
            return true;
        }
    }

    record Exists(String path, boolean watch) implements Request {
        @Override
        public int opCode() {
            return 3;
        }
    }

    record GetData(String path, boolean watch) implements Request {
        @Override
        public int opCode() {
            return 4;
        }
    }

    record GetChildren(String path, boolean watch) implements Request {
        @Override
        public int opCode() {
            return 12;
        }
    }

    record GetEphemerals(String prefix) implements Request {
        @Override
        public int opCode() {
            return 103;
        }
    }

    record CountDescendants(String path) implements Request {
        @Override
        public int opCode() {
            return 104;
        }
    }

    /** @param parts {@link GetData} and {@link GetChildren} without watches */
    record MultiRead(List<Request> parts) implements Request {
        @Override
        public int opCode() {
            return 22;
        }
    }

    record Sync(String path) implements Request {
        @Override
        public int opCode() {
            return 9;
        }
    }

    record AddWatch(String path, boolean recursive) implements Request {
        @Override
        public int opCode() {
            return 106;
        }
    }

    /** Removes every mode from both tables. */
    record RemoveWatches(String path) implements Request {
        @Override
        public int opCode() {
            return 18;
        }
    }

    /** What a client does after it has been disconnected. */
    record SetWatches(
            long relativeZxid,
            List<String> data,
            List<String> exist,
            List<String> child,
            List<String> persistent,
            List<String> recursive)
            implements Request {
        @Override
        public int opCode() {
            return 105;
        }
    }
}
