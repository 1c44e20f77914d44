package io.quorate.app.zookeeper;

import io.quorate.app.zookeeper.KeyRule.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * Turns the settings of one source into {@code coordination.*} properties, and says what became of the others. One
 * translation serves one source.
 */
final class Translation {

    private static final String SYSTEM_PREFIX = "zookeeper.";

    private final KeyTable table;
    private final Log log;
    /** By name of the twin; an {@link OriginTrackedValue} each, so that a bad value is reported where it stands. */
    private final Map<String, Object> properties = new LinkedHashMap<>();
    /** By name of the twin, to notice two spellings that disagree. */
    private final Map<String, Setting> sources = new LinkedHashMap<>();
    /** By explanation. */
    private final Map<String, List<String>> inert = new LinkedHashMap<>();

    private final List<ZooKeeperSettingsRefused.Refusal> refusals = new ArrayList<>();

    Translation(KeyTable table, Log log) {
        this.table = table;
        this.log = log;
    }

    void add(Setting setting) {
        KeyRule rule = table.find(setting.key());
        if (rule == null) {
            warnUnknown(setting);
            return;
        }
        boolean fixedAsWanted = rule.meaning() == Meaning.FIXED && setting.isExactly(rule.onlyValue());
        switch (rule.meaning()) {
            case TWIN -> addTwin(setting, rule.twinOf(setting.key()));
            case INERT ->
                inert.computeIfAbsent(rule.detail(), why -> new ArrayList<>()).add(setting.key());
            case MISSING -> log.warn(setting.key() + " (" + setting.origin() + ") is not used: " + rule.detail());
            case REFUSED -> refuse(setting, rule);
            case FIXED -> {
                if (!fixedAsWanted) {
                    refuse(setting, rule);
                }
            }
        }
    }

    private void addTwin(Setting setting, String twin) {
        Setting other = sources.put(twin, setting);
        if (other != null && !other.value().equals(setting.value())) {
            log.warn(setting.key() + "=" + setting.value() + " (" + setting.origin() + ") disagrees with " + other.key()
                    + "=" + other.value() + " (" + other.origin() + "), which means the same; the former is used");
        }
        properties.put(twin, OriginTrackedValue.of(setting.plainValue(), setting.origin()));
    }

    private void refuse(Setting setting, KeyRule rule) {
        refusals.add(new ZooKeeperSettingsRefused.Refusal(
                setting.key(), setting.origin().toString(), rule.detail()));
    }

    private void warnUnknown(Setting setting) {
        String bare = setting.key().startsWith(SYSTEM_PREFIX)
                ? setting.key().substring(SYSTEM_PREFIX.length())
                : setting.key();
        String nearest = table.find(bare) == null ? table.nearest(bare) : bare;
        log.warn("Unknown key " + setting.key() + " (" + setting.origin() + ") is not used"
                + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }

    /** Says what has no effect, one line for each reason, and throws what must not be passed over. */
    void finish() {
        inert.forEach((why, keys) -> log.info(keys.stream().collect(Collectors.joining(", "))
                + (keys.size() == 1 ? " has" : " have") + " no effect here: " + why));
        if (!refusals.isEmpty()) {
            throw new ZooKeeperSettingsRefused(refusals);
        }
    }

    /** By full property name. */
    Map<String, Object> properties() {
        return properties;
    }

    /** Where each property comes from, by full property name. */
    Map<String, Setting> sources() {
        return sources;
    }
}
