package io.quorate.core.wire.client;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request asks for, decoded. Null components are what the wire may leave null and checks must judge. */
public sealed interface Operation {

    /** Changes the tree or the session table: becomes a transaction. */
    sealed interface Write extends Operation {}

    /** Answered from the tree as it stands. */
    sealed interface Read extends Operation {

        /** Whether a watch may come of it. */
        default boolean addsWatch() {
            return false;
        }
    }

    /**
     * All four creates.
     *
     * @param ttlMillis {@link #NO_TTL} unless the operation is createTTL
     */
    record Create(
            OpCode op,
            NodePath path,
            byte @Nullable [] data,
            @Nullable List<Acl> acl,
            int flags,
            long ttlMillis) implements Write {

        /** The request has no TTL field. */
        public static final long NO_TTL = -1;
    }

    record Delete(NodePath path, int version) implements Write {}

    /** From the container manager only, never from a client. */
    record DeleteContainer(NodePath path) implements Write {}

    record SetData(@Nullable NodePath path, byte @Nullable [] data, int version) implements Write {}

    record SetAcl(@Nullable NodePath path, @Nullable List<Acl> acl, int version) implements Write {}

    /** Inside a multi only. */
    record Check(NodePath path, int version) implements Write {}

    record Multi(List<Write> operations) implements Write {}

    record Reconfig(
            @Nullable String joining,
            @Nullable String leaving,
            @Nullable String newMembers,
            long configVersion) implements Write {}

    /** From the handshake only. */
    record CreateSession(int timeoutMillis) implements Write {}

    record CloseSession() implements Write {}

    record Exists(NodePath path, boolean watch) implements Read {
        @Override
        public boolean addsWatch() {
            return watch;
        }
    }

    record GetData(NodePath path, boolean watch) implements Read {
        @Override
        public boolean addsWatch() {
            return watch;
        }
    }

    record GetAcl(NodePath path) implements Read {}

    /** getChildren, and getChildren2 which also wants the node's statistics. */
    record GetChildren(NodePath path, boolean watch, boolean withStat) implements Read {
        @Override
        public boolean addsWatch() {
            return watch;
        }
    }

    record GetAllChildrenNumber(NodePath path) implements Read {}

    /** @param prefix null means all */
    record GetEphemerals(@Nullable NodePath prefix) implements Read {}

    /** @param path echoed as it came, null included */
    record Sync(@Nullable NodePath path) implements Read {}

    record Ping() implements Read {}

    record WhoAmI() implements Read {}

    record AddWatch(NodePath path, int mode) implements Read {
        @Override
        public boolean addsWatch() {
            return true;
        }
    }

    record CheckWatches(NodePath path, int type) implements Read {}

    record RemoveWatches(NodePath path, int type) implements Read {}

    /**
     * setWatches; the last two lists are empty unless it is setWatches2. A list may be null: the lists before it have
     * taken effect by the time that this is found out.
     */
    record SetWatches(
            long relativeZxid,
            @Nullable List<NodePath> data,
            @Nullable List<NodePath> exist,
            @Nullable List<NodePath> child,
            @Nullable List<NodePath> persistent,
            @Nullable List<NodePath> recursive)
            implements Read {
        @Override
        public boolean addsWatch() {
            return true;
        }
    }

    /** Holds {@link GetData} and {@link GetChildren} only; their watch flags are ignored. */
    record MultiRead(List<Read> operations) implements Read {}
}
