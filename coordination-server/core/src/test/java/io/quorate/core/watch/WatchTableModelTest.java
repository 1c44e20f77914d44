package io.quorate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.client.EventType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random histories against the rules of client protocol 7 written down the naive way, with plain sets. */
class WatchTableModelTest {

    private enum Mode {
        STANDARD,
        PERSISTENT,
        RECURSIVE
    }

    private record Entry(boolean inDataTable, String path, long link, Mode mode) {}

    private static final String[] PATHS = {"/", "/a", "/a/b", "/a/b/c", "/ab", "/x", "/x/y", "/x/z"};

    private final Set<Entry> model = new LinkedHashSet<>();
    private final WatchTable table = new WatchTable();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeTheModel(long seed) {
        Random random = new Random(seed);
        int links = seed % 2 == 0 ? 4 : 60;
        for (int step = 0; step < 20_000; step++) {
            String path = PATHS[random.nextInt(PATHS.length)];
            long link = random.nextInt(links);
            switch (random.nextInt(12)) {
                case 0, 1 -> register(link, path, true, Mode.STANDARD);
                case 2, 3 -> register(link, path, false, Mode.STANDARD);
                case 4 -> register(link, path, true, Mode.PERSISTENT);
                case 5 -> register(link, path, true, Mode.RECURSIVE);
                case 6, 7 -> checkAndRemove(link, path, WatcherType.of(1 + random.nextInt(5)));
                case 8 -> drop(link, random.nextInt(4) == 0);
                default -> change(path, EventType.values()[random.nextInt(3)]);
            }
            if (step % 50 == 0) {
                assertSameContents();
            }
        }
    }

    private void register(long link, String path, boolean inDataTable, Mode mode) {
        NodePath node = NodePath.of(path);
        model.add(new Entry(inDataTable, path, link, mode));
        switch (mode) {
            case PERSISTENT -> {
                model.add(new Entry(false, path, link, mode));
                table.addPersistent(link, node);
            }
            case RECURSIVE -> table.addRecursive(link, node);
            default -> {
                if (inDataTable) {
                    table.addData(link, node);
                } else {
                    table.addChild(link, node);
                }
            }
        }
    }

    private void checkAndRemove(long link, String path, WatcherType type) {
        Set<Entry> named = new LinkedHashSet<>();
        for (Entry entry : model) {
            if (entry.link == link && entry.path.equals(path) && isNamed(entry, type)) {
                named.add(entry);
            }
        }
        assertThat(table.contains(link, NodePath.of(path), type)).isEqualTo(!named.isEmpty());
        assertThat(table.remove(link, NodePath.of(path), type)).isEqualTo(!named.isEmpty());
        model.removeAll(named);
    }

    private static boolean isNamed(Entry entry, WatcherType type) {
        return switch (type) {
            case CHILDREN -> !entry.inDataTable && entry.mode == Mode.STANDARD;
            case DATA -> entry.inDataTable && entry.mode == Mode.STANDARD;
            case ANY -> true;
            case PERSISTENT -> entry.mode == Mode.PERSISTENT;
            case PERSISTENT_RECURSIVE -> entry.mode == Mode.RECURSIVE;
        };
    }

    private void drop(long link, boolean really) {
        if (really) {
            table.dropLink(link);
            model.removeIf(entry -> entry.link == link);
        }
    }

    private void change(String path, EventType type) {
        if (path.equals("/")) {
            return;
        }
        List<List<String>> expected = new ArrayList<>();
        Set<Long> served = fire(true, path, Set.of());
        expected.add(lines(served, type, path));
        if (type == EventType.NODE_DELETED) {
            expected.add(lines(fire(false, path, served), type, path));
        }
        if (type != EventType.NODE_DATA_CHANGED) {
            String parent = NodePath.of(path).parent().toString();
            expected.add(lines(fire(false, parent, Set.of()), EventType.NODE_CHILDREN_CHANGED, parent));
        }
        List<String> events = new ArrayList<>();
        WatchSink sink = (link, event, at, acl) -> events.add(link + " " + event + " " + at);
        switch (type) {
            case NODE_CREATED -> table.nodeCreated(NodePath.of(path), Acl.OPEN, Acl.OPEN, sink);
            case NODE_DELETED -> table.nodeDeleted(NodePath.of(path), Acl.OPEN, Acl.OPEN, sink);
            default -> table.dataChanged(NodePath.of(path), Acl.OPEN, sink);
        }
        // The order of triggers matters, the order of connections within one does not.
        int from = 0;
        for (List<String> lines : expected) {
            int to = Math.min(events.size(), from + lines.size());
            assertThat(events.subList(from, to)).containsExactlyInAnyOrderElementsOf(lines);
            from = to;
        }
        assertThat(events).hasSize(from);
    }

    private Set<Long> fire(boolean inDataTable, String path, Set<Long> suppressed) {
        Set<Long> links = new TreeSet<>();
        for (Entry entry : model) {
            boolean reaches = entry.path.equals(path)
                    || entry.mode == Mode.RECURSIVE && NodePath.of(path).isAtOrBelow(NodePath.of(entry.path));
            if (entry.inDataTable == inDataTable && reaches && !suppressed.contains(entry.link)) {
                links.add(entry.link);
            }
        }
        model.removeIf(
                entry -> entry.inDataTable == inDataTable && entry.path.equals(path) && entry.mode == Mode.STANDARD);
        return links;
    }

    private static List<String> lines(Set<Long> links, EventType type, String path) {
        return links.stream().map(link -> link + " " + type + " " + path).toList();
    }

    private void assertSameContents() {
        for (WatchKind kind : WatchKind.values()) {
            Set<String> pairs = new TreeSet<>();
            Set<String> paths = new TreeSet<>();
            Set<Long> links = new TreeSet<>();
            for (Entry entry : model) {
                if (entry.inDataTable == (kind == WatchKind.DATA)) {
                    pairs.add(entry.link + " " + entry.path);
                    paths.add(entry.path);
                    links.add(entry.link);
                }
            }
            assertThat(table.counts(kind)).isEqualTo(new WatchCounts(pairs.size(), paths.size(), links.size()));
            List<String> byLink = new ArrayList<>();
            table.forEachByLink(kind, (link, path) -> byLink.add(link + " " + path));
            List<String> byPath = new ArrayList<>();
            table.forEachByPath(kind, (link, path) -> byPath.add(link + " " + path));
            assertThat(byLink).containsExactlyInAnyOrderElementsOf(pairs);
            assertThat(byPath).containsExactlyInAnyOrderElementsOf(pairs);
        }
    }
}
