package io.quorate.cloud.zk.config.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginTrackedValue;

/** Which keys differ between two states of one context. */
public final class ChangedKeys {

    private ChangedKeys() {}

    /**
     * The keys that were added, removed or given another value, sorted. Two writes of equal values are no difference.
     *
     * @param before null if the context was never read
     * @param after null if the context was never read
     */
    public static Set<String> between(@Nullable ContextContent before, @Nullable ContextContent after) {
        Map<String, Map<String, Object>> left = byName(before);
        Map<String, Map<String, Object>> right = byName(after);
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        Set<String> changed = new TreeSet<>();
        for (String name : names) {
            collect(left.getOrDefault(name, Map.of()), right.getOrDefault(name, Map.of()), changed);
        }
        return changed;
    }

    private static Map<String, Map<String, Object>> byName(@Nullable ContextContent content) {
        Map<String, Map<String, Object>> result = new HashMap<>();
        List<ContextContent.Part> parts = content == null ? List.of() : content.parts();
        parts.forEach(part -> result.put(part.name(), part.properties()));
        return result;
    }

    private static void collect(Map<String, Object> before, Map<String, Object> after, Set<String> changed) {
        before.forEach((key, value) -> {
            if (!after.containsKey(key) || !Objects.equals(plain(value), plain(after.get(key)))) {
                changed.add(key);
            }
        });
        after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(changed::add);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof OriginTrackedValue tracked ? tracked.getValue() : value;
    }
}
