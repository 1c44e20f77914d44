package io.quorate.app.zookeeper;

import io.quorate.app.zookeeper.KeyRule.Meaning;
import io.quorate.app.zookeeper.KeyRule.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code keys.txt}: what every key of ZooKeeper means here. Immutable. */
final class KeyTable {

    private static final String RESOURCE = "keys.txt";
    private static final String TWIN_PREFIX = "coordination.";
    private static final int COLUMNS = 4;

    private final Map<String, KeyRule> exact = new LinkedHashMap<>();
    /** Longest prefix first, so that the closest family wins. */
    private final List<KeyRule> families = new ArrayList<>();

    private KeyTable() {}

    static KeyTable load() {
        KeyTable table = new KeyTable();
        try (InputStream resource = KeyTable.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar is damaged: " + RESOURCE + " is not in it");
            }
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar is damaged: " + RESOURCE + " cannot be read", unreadable);
        }
        table.families.sort(
                Comparator.comparingInt((KeyRule rule) -> rule.key().length()).reversed());
        return table;
    }

    private void add(String line) {
        String[] columns = line.split("\\|", COLUMNS);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(RESOURCE + ": not four columns: " + line);
        }
        for (String key : columns[0].split(",")) {
            KeyRule rule = rule(key.strip(), columns[1].strip(), columns[2].strip(), columns[3].strip());
            if (rule.isFamily()) {
                families.add(rule);
            } else if (exact.put(rule.key(), rule) != null) {
                throw new IllegalStateException(RESOURCE + ": " + rule.key() + " stands there twice");
            }
        }
    }

    private static KeyRule rule(String key, String where, String what, String detail) {
        Place place = switch (where) {
            case "F" -> Place.FILE;
            case "Z" -> Place.PREFIXED;
            case "U" -> Place.UNPREFIXED;
            default -> throw new IllegalStateException(RESOURCE + ": " + key + " has no place " + where);
        };
        return switch (what) {
            case "twin" -> new KeyRule(key, place, Meaning.TWIN, "", TWIN_PREFIX + detail);
            case "inert", "missing", "refused" ->
                new KeyRule(key, place, Meaning.valueOf(what.toUpperCase(Locale.ROOT)), "", detail);
            default -> new KeyRule(key, place, Meaning.FIXED, what, detail);
        };
    }

    /** The rule for a key, or null when ZooKeeper does not have it. */
    @Nullable
    KeyRule find(String key) {
        KeyRule rule = exact.get(key);
        if (rule != null) {
            return rule;
        }
        return families.stream()
                .filter(family -> family.matches(key))
                .findFirst()
                .orElse(null);
    }

    /** All rules, those for single keys first. */
    List<KeyRule> rules() {
        List<KeyRule> all = new ArrayList<>(exact.values());
        all.addAll(families);
        return all;
    }

    /** The known key that looks most like an unknown one, or null when none comes close. */
    @Nullable
    String nearest(String unknown) {
        return NearestName.of(unknown, exact.keySet());
    }
}
