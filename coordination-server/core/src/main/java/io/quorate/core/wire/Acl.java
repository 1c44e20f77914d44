package io.quorate.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an access control list.
 *
 * @param perms permission bits; stored as given (client protocol 9.1)
 * @param scheme null only in requests that have not been validated
 * @param id null only in requests that have not been validated
 */
public record Acl(
        int perms, @Nullable String scheme, @Nullable String id) {

    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int CREATE = 4;
    public static final int DELETE = 8;
    public static final int ADMIN = 16;
    public static final int ALL = 31;

    /** world:anyone with every permission. */
    public static final List<Acl> OPEN = List.of(new Acl(ALL, "world", "anyone"));
    /** world:anyone may read. */
    public static final List<Acl> READ_ONLY = List.of(new Acl(READ, "world", "anyone"));

    /** A list, or null where the wire says null. */
    public static @Nullable List<Acl> readList(WireReader in) {
        int count = in.readCount();
        if (count == -1) {
            return null;
        }
        List<Acl> list = new ArrayList<>(Math.min(count, 8));
        for (int i = 0; i < count; i++) {
            list.add(new Acl(in.readInt(), in.readString(), in.readString()));
        }
        return list;
    }

    public static void writeList(WireWriter out, List<Acl> list) {
        out.writeInt(list.size());
        for (Acl acl : list) {
            out.writeInt(acl.perms).writeString(acl.scheme).writeString(acl.id);
        }
    }
}
