package io.quorate.cloud.zk.config.refresh;

import java.util.List;
import java.util.Set;
import org.springframework.util.PatternMatchUtils;

/**
 * Which keys may cause a refresh.
 *
 * @param include patterns of which one must match, with an asterisk for any text; empty for all keys
 * @param exclude patterns of which none may match
 */
public record KeyPatterns(List<String> include, List<String> exclude) {

    /** Takes copies of the lists. */
    public KeyPatterns {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    boolean anyMatches(Set<String> keys) {
        return keys.stream().anyMatch(this::matches);
    }

    private boolean matches(String key) {
        return (include.isEmpty() || matches(include, key)) && !matches(exclude, key);
    }

    private static boolean matches(List<String> patterns, String key) {
        return PatternMatchUtils.simpleMatch(patterns.toArray(String[]::new), key);
    }
}
