package io.quorate.runtime.kit.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request bodies, one method for each record of client protocol 3.2. */
public final class Bodies {

    private Bodies() {}

    public static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Body of the operations that have none. */
    public static JuteWriter none() {
        return new JuteWriter();
    }

    public static JuteWriter create(@Nullable String path, byte @Nullable [] data, @Nullable List<Acl> acl, int flags) {
        return new JuteWriter().string(path).buffer(data).acl(acl).integer(flags);
    }

    public static JuteWriter createTtl(
            @Nullable String path, byte @Nullable [] data, @Nullable List<Acl> acl, int flags, long ttlMillis) {
        return create(path, data, acl, flags).longInteger(ttlMillis);
    }

    /** Body of getACL, sync, getAllChildrenNumber, getEphemerals and deleteContainer. */
    public static JuteWriter path(@Nullable String path) {
        return new JuteWriter().string(path);
    }

    /** Body of exists, getData, getChildren and getChildren2. */
    public static JuteWriter read(@Nullable String path, boolean watch) {
        return new JuteWriter().string(path).bool(watch);
    }

    /** Body of delete and check (with a version), checkWatches and removeWatches (with a type), addWatch (a mode). */
    public static JuteWriter pathAndInt(@Nullable String path, int value) {
        return new JuteWriter().string(path).integer(value);
    }

    public static JuteWriter setData(@Nullable String path, byte @Nullable [] data, int version) {
        return new JuteWriter().string(path).buffer(data).integer(version);
    }

    public static JuteWriter setAcl(@Nullable String path, @Nullable List<Acl> acl, int version) {
        return new JuteWriter().string(path).acl(acl).integer(version);
    }

    public static JuteWriter setWatches(
            long relativeZxid,
            @Nullable List<String> data,
            @Nullable List<String> exist,
            @Nullable List<String> child) {
        return new JuteWriter()
                .longInteger(relativeZxid)
                .strings(data)
                .strings(exist)
                .strings(child);
    }

    public static JuteWriter auth(@Nullable String scheme, byte @Nullable [] data) {
        return new JuteWriter().integer(0).string(scheme).buffer(data);
    }

    public static JuteWriter reconfig(
            @Nullable String joining, @Nullable String leaving, @Nullable String members, long configId) {
        return new JuteWriter().string(joining).string(leaving).string(members).longInteger(configId);
    }
}
