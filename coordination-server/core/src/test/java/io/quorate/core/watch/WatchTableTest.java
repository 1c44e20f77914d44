package io.quorate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.InvariantViolation;
import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 7.1, 7.2 and 7.5. */
class WatchTableTest {

    private static final List<Acl> NODE_ACL = List.of(new Acl(1, "ip", "1.2.3.4"));
    private static final List<Acl> PARENT_ACL = List.of(new Acl(1, "ip", "5.6.7.8"));

    private final WatchTable table = new WatchTable();
    private final List<String> events = new ArrayList<>();
    private final WatchSink sink = (link, type, path, acl) -> events.add(
            link + " " + type + " " + path + (acl == NODE_ACL ? " node" : acl == PARENT_ACL ? " parent" : ""));

    private static NodePath path(String text) {
        return NodePath.of(text);
    }

    /** {@code kind} as in the table of 7.1. */
    private void watch(long link, String kind, String path) {
        switch (kind) {
            case "data" -> table.addData(link, path(path));
            case "child" -> table.addChild(link, path(path));
            case "persistent" -> table.addPersistent(link, path(path));
            case "recursive" -> table.addRecursive(link, path(path));
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private List<String> create(String path) {
        events.clear();
        table.nodeCreated(path(path), NODE_ACL, PARENT_ACL, sink);
        return events;
    }

    private List<String> delete(String path) {
        events.clear();
        table.nodeDeleted(path(path), NODE_ACL, PARENT_ACL, sink);
        return events;
    }

    private List<String> set(String path) {
        events.clear();
        table.dataChanged(path(path), NODE_ACL, sink);
        return events;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // watch, at, change, at, event
                "data, /p/c, create, /p/c, NODE_CREATED /p/c node",
                "data, /p/c, set, /p/c, NODE_DATA_CHANGED /p/c node",
                "data, /p/c, delete, /p/c, NODE_DELETED /p/c node",
                "data, /p, create, /p/c, -",
                "data, /p, delete, /p/c, -",
                "data, /p, set, /p/c, -",
                "data, /p/c, set, /p, -",
                "child, /p, create, /p/c, NODE_CHILDREN_CHANGED /p parent",
                "child, /p, delete, /p/c, NODE_CHILDREN_CHANGED /p parent",
                "child, /p/c, delete, /p/c, NODE_DELETED /p/c node",
                "child, /p/c, create, /p/c, -",
                "child, /p, set, /p, -",
                "child, /p, set, /p/c, -",
                "child, /p, create, /p/c/d, -",
                "child, /, create, /c, NODE_CHILDREN_CHANGED / parent",
                "child, /, delete, /c, NODE_CHILDREN_CHANGED / parent",
                "child, /, create, /c/d, -",
                "persistent, /p, create, /p, NODE_CREATED /p node",
                "persistent, /p, set, /p, NODE_DATA_CHANGED /p node",
                "persistent, /p, delete, /p, NODE_DELETED /p node",
                "persistent, /p, create, /p/c, NODE_CHILDREN_CHANGED /p parent",
                "persistent, /p, delete, /p/c, NODE_CHILDREN_CHANGED /p parent",
                "persistent, /p, set, /p/c, -",
                "persistent, /p, create, /p/c/d, -",
                "recursive, /p, create, /p, NODE_CREATED /p node",
                "recursive, /p, create, /p/c, NODE_CREATED /p/c node",
                "recursive, /p, set, /p/c/d, NODE_DATA_CHANGED /p/c/d node",
                "recursive, /p, delete, /p/c/d, NODE_DELETED /p/c/d node",
                "recursive, /p, create, /pc, -",
                "recursive, /p/c, set, /p, -",
                "recursive, /, create, /p/c, NODE_CREATED /p/c node",
                "recursive, /, set, /, NODE_DATA_CHANGED / node"
            })
    void eachWatchMeetsItsChanges(String kind, String at, String change, String changed, String event) {
        watch(7, kind, at);
        List<String> seen = switch (change) {
            case "create" -> create(changed);
            case "delete" -> delete(changed);
            default -> set(changed);
        };
        assertThat(seen).isEqualTo(event == null ? List.of() : List.of("7 " + event));
        boolean consumed = event != null && (kind.equals("data") || kind.equals("child"));
        assertThat(table.contains(7, path(at), WatcherType.ANY)).isEqualTo(!consumed);
        assertThat(table.size() == 0).isEqualTo(consumed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"persistent", "recursive"})
    void persistentWatchesStay(String kind) {
        watch(1, kind, "/p");
        for (int i = 0; i < 3; i++) {
            assertThat(set("/p")).containsExactly("1 NODE_DATA_CHANGED /p node");
            assertThat(delete("/p")).containsExactly("1 NODE_DELETED /p node");
            assertThat(create("/p")).containsExactly("1 NODE_CREATED /p node");
        }
    }

    @Test
    void existsAndGetDataShareOneSlot() {
        table.addData(1, path("/a"));
        table.addData(1, path("/a"));
        assertThat(table.size()).isEqualTo(1);
        assertThat(set("/a")).hasSize(1);
        assertThat(set("/a")).isEmpty();
    }

    @Test
    void aDeletionIsToldOncePerConnectionAndUsesUpBothStandardWatches() {
        table.addData(1, path("/p/c"));
        table.addChild(1, path("/p/c"));
        table.addChild(2, path("/p/c"));
        assertThat(delete("/p/c")).containsExactly("1 NODE_DELETED /p/c node", "2 NODE_DELETED /p/c node");
        assertThat(table.size()).isZero();
        assertThat(delete("/p/c")).isEmpty();
    }

    @Test
    void suppressionComesFromRecursiveWatchesAboveAsWell() {
        table.addRecursive(1, path("/p"));
        table.addChild(1, path("/p/c"));
        assertThat(delete("/p/c")).containsExactly("1 NODE_DELETED /p/c node");
        assertThat(table.contains(1, path("/p/c"), WatcherType.CHILDREN)).isFalse();
        assertThat(table.contains(1, path("/p"), WatcherType.PERSISTENT_RECURSIVE))
                .isTrue();
    }

    @Test
    void aDeletionIsToldInTheOrderOfTheTables() {
        table.addChild(1, path("/p"));
        table.addChild(2, path("/p/c"));
        table.addRecursive(3, path("/"));
        table.addData(4, path("/p/c"));
        table.addPersistent(5, path("/p/c"));
        table.addPersistent(5, path("/p"));
        assertThat(delete("/p/c"))
                .containsExactly(
                        "4 NODE_DELETED /p/c node",
                        "5 NODE_DELETED /p/c node",
                        "3 NODE_DELETED /p/c node",
                        "2 NODE_DELETED /p/c node",
                        "1 NODE_CHILDREN_CHANGED /p parent",
                        "5 NODE_CHILDREN_CHANGED /p parent");
    }

    @Test
    void theDeletionDoesNotSuppressTheParentsEvent() {
        table.addData(1, path("/p/c"));
        table.addChild(1, path("/p"));
        assertThat(delete("/p/c")).containsExactly("1 NODE_DELETED /p/c node", "1 NODE_CHILDREN_CHANGED /p parent");
    }

    @Test
    void manyRegistrationsOfOneConnectionGiveOneEvent() {
        table.addData(1, path("/p/c"));
        table.addPersistent(1, path("/p/c"));
        table.addRecursive(1, path("/p/c"));
        table.addRecursive(1, path("/p"));
        table.addRecursive(1, path("/"));
        assertThat(set("/p/c")).containsExactly("1 NODE_DATA_CHANGED /p/c node");
        assertThat(table.contains(1, path("/p/c"), WatcherType.DATA)).isFalse();
        assertThat(set("/p/c")).as("the next trigger serves it again").containsExactly("1 NODE_DATA_CHANGED /p/c node");
    }

    @Test
    void recursiveAndStandardChildWatchGiveOneChildrenChanged() {
        table.addRecursive(1, path("/p"));
        table.addChild(1, path("/p"));
        assertThat(create("/p/c")).containsExactly("1 NODE_CREATED /p/c node", "1 NODE_CHILDREN_CHANGED /p parent");
        assertThat(create("/p/d")).containsExactly("1 NODE_CREATED /p/d node");
    }

    @Test
    void connectionsAreToldInTheOrderOfRegistration() {
        for (long link : new long[] {9, 3, 7, 1, 8}) {
            table.addPersistent(link, path("/a"));
        }
        table.remove(7, path("/a"), WatcherType.ANY);
        table.addPersistent(7, path("/a"));
        assertThat(set("/a")).extracting(event -> event.charAt(0)).containsExactly('9', '3', '1', '8', '7');
    }

    @ParameterizedTest
    @CsvSource({
        // kind, then which of CHILDREN DATA ANY PERSISTENT PERSISTENT_RECURSIVE find it
        "data,       false, true,  true, false, false",
        "child,      true,  false, true, false, false",
        "persistent, false, false, true, true,  false",
        "recursive,  false, false, true, false, true"
    })
    void checkAndRemoveGoByType(
            String kind, boolean children, boolean data, boolean any, boolean persistent, boolean recursive) {
        boolean[] finds = {children, data, any, persistent, recursive};
        for (WatcherType type : WatcherType.values()) {
            boolean expected = finds[type.ordinal()];
            watch(1, kind, "/a");
            assertThat(table.contains(1, path("/a"), type))
                    .as("contains %s", type)
                    .isEqualTo(expected);
            assertThat(table.contains(2, path("/a"), type)).isFalse();
            assertThat(table.contains(1, path("/"), type)).isFalse();
            assertThat(table.remove(2, path("/a"), type)).isFalse();
            assertThat(table.remove(1, path("/a/b"), type)).isFalse();
            assertThat(table.remove(1, path("/a"), type)).as("remove %s", type).isEqualTo(expected);
            assertThat(table.contains(1, path("/a"), type)).isFalse();
            assertThat(table.size() == 0).isEqualTo(expected);
        }
    }

    @Test
    void removingOneModeLeavesTheOthers() {
        for (String kind : List.of("data", "child", "persistent", "recursive")) {
            watch(1, kind, "/a");
        }
        assertThat(table.remove(1, path("/a"), WatcherType.PERSISTENT)).isTrue();
        assertThat(table.remove(1, path("/a"), WatcherType.PERSISTENT)).isFalse();
        assertThat(table.contains(1, path("/a"), WatcherType.DATA)).isTrue();
        assertThat(table.contains(1, path("/a"), WatcherType.CHILDREN)).isTrue();
        assertThat(table.contains(1, path("/a"), WatcherType.PERSISTENT_RECURSIVE))
                .isTrue();
        assertThat(table.remove(1, path("/a"), WatcherType.ANY)).isTrue();
        assertThat(table.registrations()).isZero();
        assertThat(delete("/a")).isEmpty();
    }

    @Test
    void aDroppedConnectionIsForgotten() {
        for (String kind : List.of("data", "child", "persistent", "recursive")) {
            watch(1, kind, "/a");
            watch(1, kind, "/b");
            watch(2, kind, "/a");
        }
        table.dropLink(1);
        table.dropLink(99);
        assertThat(delete("/a")).allMatch(event -> event.startsWith("2 "));
        assertThat(set("/b")).isEmpty();
        table.dropLink(2);
        assertThat(table.counts(WatchKind.DATA)).isEqualTo(new WatchCounts(0, 0, 0));
        assertThat(table.counts(WatchKind.CHILD)).isEqualTo(new WatchCounts(0, 0, 0));
        assertThat(table.registrations()).isZero();
    }

    @Test
    void theSinkMayDropConnections() {
        for (long link = 1; link <= 3; link++) {
            table.addPersistent(link, path("/a"));
            table.addChild(link, path("/"));
        }
        events.clear();
        table.nodeDeleted(path("/a"), NODE_ACL, PARENT_ACL, (link, type, path, acl) -> {
            events.add(link + " " + type);
            table.dropLink(link);
        });
        assertThat(events).containsExactly("1 NODE_DELETED", "2 NODE_DELETED", "3 NODE_DELETED");
        assertThat(table.size()).isZero();
    }

    @Test
    void modesAndTypesHaveTheirNumbers() {
        assertThat(WatchMode.ofAddWatch(0)).isEqualTo(WatchMode.PERSISTENT);
        assertThat(WatchMode.ofAddWatch(1)).isEqualTo(WatchMode.PERSISTENT_RECURSIVE);
        assertThat(WatchMode.ofAddWatch(2)).isNull();
        assertThat(WatchMode.ofAddWatch(-1)).isNull();
        for (int number = 1; number <= 5; number++) {
            assertThat(WatcherType.of(number).number()).isEqualTo(number);
        }
        assertThat(WatcherType.of(3)).isEqualTo(WatcherType.ANY);
        assertThat(WatcherType.of(0)).isNull();
        assertThat(WatcherType.of(6)).isNull();
    }

    @Test
    void addWatchTakesPersistentModesOnly() {
        table.add(1, path("/a"), WatchMode.PERSISTENT);
        table.add(1, path("/b"), WatchMode.PERSISTENT_RECURSIVE);
        assertThat(table.contains(1, path("/a"), WatcherType.PERSISTENT)).isTrue();
        assertThat(table.contains(1, path("/b"), WatcherType.PERSISTENT_RECURSIVE))
                .isTrue();
        assertThatThrownBy(() -> table.add(1, path("/a"), WatchMode.STANDARD)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void theTablesAreCountedAndListedApart() {
        table.addData(2, path("/a"));
        table.addData(1, path("/a"));
        table.addRecursive(1, path("/a"));
        table.addChild(1, path("/b"));
        table.addPersistent(2, path("/c"));
        assertThat(table.counts(WatchKind.DATA)).isEqualTo(new WatchCounts(3, 2, 2));
        assertThat(table.counts(WatchKind.CHILD)).isEqualTo(new WatchCounts(2, 2, 2));
        assertThat(table.size()).isEqualTo(5);
        assertThat(listed(WatchKind.DATA, false)).containsExactly("2 /a", "2 /c", "1 /a");
        assertThat(listed(WatchKind.CHILD, false)).containsExactly("2 /c", "1 /b");
        assertThat(listed(WatchKind.DATA, true)).containsExactlyInAnyOrder("2 /a", "1 /a", "2 /c");
        assertThat(listed(WatchKind.CHILD, true)).containsExactlyInAnyOrder("1 /b", "2 /c");
    }

    private List<String> listed(WatchKind kind, boolean byPath) {
        List<String> seen = new ArrayList<>();
        WatchVisitor visitor = (link, path) -> seen.add(link + " " + path);
        if (byPath) {
            table.forEachByPath(kind, visitor);
        } else {
            table.forEachByLink(kind, visitor);
        }
        return seen;
    }
}
