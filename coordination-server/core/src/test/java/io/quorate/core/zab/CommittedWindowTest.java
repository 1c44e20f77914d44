package io.quorate.core.zab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The window against a list of what it should hold. */
final class CommittedWindowTest {

    private static final int COST_BYTES = 12;

    private final Random random = new Random(7);
    private final ArrayDeque<CommittedWindow.Entry> model = new ArrayDeque<>();

    @Test
    void itHoldsTheLatestWithinItsBoundsWhateverTheirSize() {
        for (int run = 0; run < 40; run++) {
            int maxEntries = 1 + random.nextInt(50);
            int maxBytes = 1 + random.nextInt(20_000);
            CommittedWindow window = new CommittedWindow(maxEntries, maxBytes);
            model.clear();
            long zxid = 0;
            for (int i = 0; i < 400; i++) {
                zxid += 1 + random.nextInt(3);
                byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? 5_000 : 60)];
                random.nextBytes(payload);
                window.add(zxid, payload);
                model.addLast(new CommittedWindow.Entry(zxid, payload));
                while (model.size() > maxEntries || bytes() > maxBytes && model.size() > 1) {
                    model.removeFirst();
                }
                if (random.nextInt(100) == 0) {
                    window.clear();
                    model.clear();
                }
                compare(window, zxid);
            }
        }
    }

    private long bytes() {
        return model.stream()
                .mapToLong(entry -> entry.payload().length + COST_BYTES)
                .sum();
    }

    private void compare(CommittedWindow window, long latest) {
        assertThat(window.size()).isEqualTo(model.size());
        assertThat(window.isEmpty()).isEqualTo(model.isEmpty());
        if (!model.isEmpty()) {
            assertThat(window.first()).isEqualTo(model.getFirst().zxid());
            assertThat(window.last()).isEqualTo(model.getLast().zxid());
        }
        long asked = random.nextLong(latest + 2);
        long upTo = -1;
        List<CommittedWindow.Entry> behind = new ArrayList<>();
        for (CommittedWindow.Entry entry : model) {
            if (entry.zxid() <= asked) {
                upTo = entry.zxid();
            } else {
                behind.add(entry);
            }
        }
        assertThat(window.latestUpTo(asked)).isEqualTo(upTo);
        Iterator<CommittedWindow.Entry> found = window.behind(asked);
        for (CommittedWindow.Entry entry : behind) {
            CommittedWindow.Entry next = found.next();
            assertThat(next.zxid()).isEqualTo(entry.zxid());
            assertThat(next.payload()).isEqualTo(entry.payload());
        }
        assertThat(found.hasNext()).isFalse();
        assertThatThrownBy(found::next).isInstanceOf(NoSuchElementException.class);
    }
}
