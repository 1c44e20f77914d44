package io.quorate.runtime.kit.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What replies say of a node. */
public final class Node {

    private Node() {}

    /** Create2Response. */
    public record Created(String path, Stat stat) {
        static Created read(JuteReader reader) {
            return new Created(reader.requiredString(), Stat.read(reader));
        }
    }

    /** GetDataResponse. */
    public record Data(byte @Nullable [] bytes, Stat stat) {
        static Data read(JuteReader reader) {
            return new Data(reader.buffer(), Stat.read(reader));
        }

        /** The data as text; null data is the text "null". */
        public String text() {
            return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** GetChildren2Response. */
    public record Children(List<String> names, Stat stat) {}

    /** GetACLResponse. */
    public record Acls(List<Acl> entries, Stat stat) {}
}
