package io.quorate.runtime.kit.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of an access control list (client protocol 3.2). */
public record Acl(
        int perms, @Nullable String scheme, @Nullable String id) {

    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int CREATE = 4;
    public static final int DELETE = 8;
    public static final int ADMIN = 16;
    public static final int ALL = 31;

    /** Everyone may do everything. */
    public static final List<Acl> OPEN = List.of(world(ALL));

    public static Acl world(int perms) {
        return new Acl(perms, "world", "anyone");
    }

    static Acl read(JuteReader reader) {
        return new Acl(reader.integer(), reader.string(), reader.string());
    }

    void writeTo(JuteWriter writer) {
        writer.integer(perms).string(scheme).string(id);
    }
}
