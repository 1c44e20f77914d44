package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a hash map, with images taken in between that must stay what they were. */
class ChildMapTest {

    /** An image, and what it must hold. */
    private record Image(@Nullable ChildMap map, Map<String, ZNode> expected) {}

    private @Nullable ChildMap map;
    private int epoch;
    private final Map<String, ZNode> expected = new HashMap<>();
    private final List<Image> images = new ArrayList<>();

    /** The mask cuts the hashes down to few values: none at all, one bit at each end, all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 0x80000000, 0xe0000001, 0xfffff000, 0xffff, -1})
    void againstAHashMap(int mask) {
        Random random = new Random(mask);
        for (int i = 0; i < 6000; i++) {
            boolean growing = i / 1500 % 2 == 0;
            String name = "n" + random.nextInt(1200);
            if (random.nextInt(10) < (growing ? 7 : 2)) {
                put(name, mask, i);
            } else {
                remove(name, mask);
            }
            if (random.nextInt(500) == 0) {
                images.add(new Image(map, new HashMap<>(expected)));
                epoch++;
            }
        }
        check(new Image(map, expected), mask);
        images.forEach(image -> check(image, mask));
        for (String name : List.copyOf(expected.keySet())) {
            remove(name, mask);
        }
        assertThat(map).isNull();
        images.forEach(image -> check(image, mask));
    }

    private void put(String name, int mask, int zxid) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ZNode node = ZNode.of(new Slice(utf8, 0, utf8.length), null, -1, StoredStat.created(zxid, 0, 0));
        map = ChildMap.put(map, hash(name, mask), node, epoch);
        expected.put(name, node);
    }

    private void remove(String name, int mask) {
        ZNode node = expected.remove(name);
        if (node != null) {
            map = ChildMap.remove(map, hash(name, mask), node, epoch);
        }
    }

    private static int hash(String name, int mask) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return ChildMap.hash(utf8, 0, utf8.length) & mask;
    }

    private static void check(Image image, int mask) {
        Map<String, ZNode> found = new HashMap<>();
        List<Long> order = new ArrayList<>();
        ChildIterator children = new ChildIterator().over(image.map());
        for (ZNode node = children.next(); node != null; node = children.next()) {
            String name = new String(node.name(), StandardCharsets.UTF_8);
            assertThat(found.put(name, node)).as(name).isNull();
            order.add(Integer.toUnsignedLong(hash(name, mask)));
        }
        assertThat(found).isEqualTo(image.expected());
        assertThat(order).isSorted();
        for (int i = 0; i < 1200; i++) {
            String name = "n" + i;
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            assertThat(ChildMap.find(image.map(), hash(name, mask), utf8, 0, utf8.length))
                    .as(name)
                    .isSameAs(image.expected().get(name));
        }
    }
}
