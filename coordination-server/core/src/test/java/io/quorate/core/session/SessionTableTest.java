package io.quorate.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionTableTest {

    private final SessionTable table = new SessionTable();

    @Test
    void opensFindsAndRemoves() {
        Session session = table.open(5, 1000);
        assertThat(table.find(5)).isSameAs(session);
        assertThat(session.id()).isEqualTo(5);
        assertThat(session.timeoutMillis()).isEqualTo(1000);
        assertThat(session.link()).isEqualTo(Session.NO_LINK);
        assertThat(session.owner()).isEqualTo(Session.NO_OWNER);
        assertThat(session.isClosing()).isFalse();
        assertThat(table.find(6)).isNull();
        assertThat(table.remove(6)).isNull();
        assertThat(table.remove(5)).isSameAs(session);
        assertThat(table.find(5)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void openingAgainKeepsTheSession() {
        Session session = table.open(5, 1000);
        session.bind(3);
        assertThat(table.open(5, 2000)).isSameAs(session);
        assertThat(session.timeoutMillis()).isEqualTo(2000);
        assertThat(session.link()).isEqualTo(3);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void aSessionRemembersWhoServesIt() {
        Session session = table.open(5, 1000);
        session.bind(0);
        session.setOwner(2);
        session.setClosing(true);
        assertThat(session.link()).isZero();
        assertThat(session.owner()).isEqualTo(2);
        assertThat(session).hasToString("session 0x5 (1000 ms, closing)");
        session.unbind();
        session.setClosing(false);
        assertThat(session.link()).isEqualTo(Session.NO_LINK);
        assertThat(session).hasToString("session 0x5 (1000 ms)");
    }

    @Test
    void listsInOrderOfUnsignedIds() {
        for (long id : new long[] {3, -1, 1, Long.MIN_VALUE, 2, Long.MAX_VALUE}) {
            table.open(id, 1);
        }
        assertThat(table.inIdOrder())
                .extracting(Session::id)
                .containsExactly(1L, 2L, 3L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
    }

    @Test
    void clearForgetsAll() {
        table.open(1, 1);
        table.clear();
        assertThat(table.size()).isZero();
        assertThat(table.find(1)).isNull();
        assertThat(table.inIdOrder()).isEmpty();
    }

    @Test
    void behavesLikeAMap() {
        Random random = new Random(11);
        Map<Long, Session> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            long id = random.nextInt(3000) * 0x1_0000_0000L;
            if (random.nextInt(3) > 0) {
                Session session = table.open(id, 1);
                assertThat(model.getOrDefault(id, session)).isSameAs(session);
                model.put(id, session);
            } else {
                assertThat(table.remove(id)).isSameAs(model.remove(id));
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        model.forEach((id, session) -> assertThat(table.find(id)).isSameAs(session));
        List<Session> seen = new ArrayList<>();
        table.forEach(seen::add);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(model.values());
    }
}
