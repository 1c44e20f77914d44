package io.quorate.core.tree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTreeTest {

    /** A frozen image, and what it must hold. */
    private record Image(TreeCursor cursor, ModelTree expected) {}

    /** Frozen images are exact, whatever happens afterwards and however many there are. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void frozenImagesAreExact(long seed) {
        RandomChanges changes = new RandomChanges(Trees.fresh(), seed);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            changes.step();
            if (i % 97 == 0) {
                images.add(new Image(changes.tree.freeze(), changes.model.copy()));
            }
        }
        changes.model.assertIs(changes.tree);
        for (Image image : images) {
            image.expected().assertIs(image.cursor());
        }
    }

    /** Quorum protocol 9.6: any part of the log may come again, on a tree that holds it already. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void replayConverges(long seed) {
        RandomChanges changes = new RandomChanges(Trees.fresh(), seed);
        for (int i = 0; i < 800; i++) {
            changes.step();
        }
        int size = changes.history.size();
        for (int image = 0; image <= size; image += 61) {
            for (int from = 0; from <= image; from += 83) {
                DataTree replayed = Trees.fresh();
                changes.history.subList(0, image).forEach(change -> change.applyTo(replayed));
                changes.history.subList(from, size).forEach(change -> change.applyTo(replayed));
                changes.model.assertIs(replayed);
            }
        }
    }

    /** Loaded in the order of a cursor, or sorted by path: the same tree. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void loadedTreeIsTheSame(long seed) {
        RandomChanges changes = new RandomChanges(Trees.fresh(), seed);
        for (int i = 0; i < 1000; i++) {
            changes.step();
        }
        changes.model.assertIs(loaded(changes.tree.freeze(), changes.model, false));
        DataTree tree = loaded(changes.tree.freeze(), changes.model, true);
        changes.model.assertIs(tree);
        RandomChanges further = new RandomChanges(tree, seed + 1);
        for (int i = 0; i < 500; i++) {
            further.step();
        }
        further.model.assertIs(tree);
    }

    private static DataTree loaded(TreeCursor cursor, ModelTree model, boolean breadthFirst) {
        TreeLoader loader = new TreeLoader(Trees.KINDS);
        for (int id = 1; id <= cursor.acls().highestId(); id++) {
            if (cursor.acls().has(id)) {
                loader.acl(id + 1000L, cursor.acls().get(id));
            }
        }
        List<Runnable> entries = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        int deepest = 0;
        while (cursor.next()) {
            Slice path = Slice.ofPath(cursor.path());
            ZNode node = cursor.node();
            long aclId = node.aclId() == -1 ? -1 : node.aclId() + 1000L;
            entries.add(() -> loader.node(path, Slice.ofNullable(node.data()), aclId, node.stat()));
            int depth = cursor.path().toString().split("/").length;
            depths.add(depth);
            deepest = Math.max(deepest, depth);
        }
        for (int depth = breadthFirst ? 0 : deepest; depth <= deepest; depth++) {
            for (int i = 0; i < entries.size(); i++) {
                if (!breadthFirst || depths.get(i) == depth) {
                    entries.get(i).run();
                }
            }
        }
        return loader.finish(77);
    }
}
