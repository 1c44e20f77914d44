package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.config.content.ConfigContext;
import io.quorate.cloud.zk.config.content.ConfigFormat;
import io.quorate.cloud.zk.config.content.ContextContent;
import io.quorate.cloud.zk.config.content.Nodes;
import org.junit.jupiter.api.Test;

final class ImportedContextTest {

    private final ImportedContext context =
            new ImportedContext(ConfigContext.of("config/orders", false), ConfigFormat.KEY_VALUE.with("data", ""));

    private ContextContent content(long mzxid, String value) {
        return context.parse(Nodes.of(mzxid, "/config/orders/a", value));
    }

    private void applied(ContextContent content) {
        applied(context, content);
    }

    private static void applied(ImportedContext context, ContextContent content) {
        context.prepare(content);
        context.apply();
    }

    @Test
    void whatIsPreparedAndNeverAppliedStaysADifference() {
        applied(content(1, "1"));
        context.prepare(content(2, "2"));
        assertThat(context.parts().get(0).properties().get("a")).hasToString("2");
        assertThat(context.differenceTo(content(2, "2"))).containsExactly("a");
        context.beginPreparation();
        assertThat(context.parts().get(0).properties().get("a")).hasToString("1");
        context.apply();
        assertThat(context.differenceTo(content(2, "2"))).containsExactly("a");
    }

    @Test
    void whatIsRefusedBeforeItIsAppliedLeavesWhatThereIs() {
        ContextContent good = content(1, "1");
        applied(good);
        context.prepare(content(2, "bad"));
        context.refuse();
        assertThat(context.offered()).contains(good);
        assertThat(context.applied()).contains(good);
        assertThat(context.differenceTo(content(2, "bad"))).isEmpty();
    }

    @Test
    void anOfferEndsWhenItIsApplied() {
        applied(content(1, "1"));
        ContextContent next = content(2, "2");
        assertThat(context.differenceTo(next)).containsExactly("a");
        context.offer(next);
        assertThat(context.offered()).contains(next);
        applied(next);
        assertThat(context.offered()).isEmpty();
        assertThat(context.applied()).contains(next);
        assertThat(context.differenceTo(content(2, "2"))).isEmpty();
    }

    @Test
    void anEqualValueIsRememberedWithItsNewTransaction() {
        applied(content(1, "1"));
        assertThat(context.differenceTo(content(5, "1"))).isEmpty();
        assertThat(context.applied().orElseThrow().snapshot().maxMzxid()).isEqualTo(5);
    }

    @Test
    void whatIsRefusedIsNotOfferedAgainUntilItChanges() {
        ContextContent good = content(1, "1");
        applied(good);
        context.offer(content(2, "bad"));
        applied(context.offered().orElseThrow());
        context.refuse();
        assertThat(context.offered()).contains(good);
        applied(good);
        assertThat(context.differenceTo(content(2, "bad"))).isEmpty();
        assertThat(context.differenceTo(content(3, "worse"))).containsExactly("a");
    }

    @Test
    void aRefusedContextThatIsMendedIsFollowedAgain() {
        applied(content(1, "1"));
        applied(content(2, "bad"));
        context.refuse();
        applied(context.offered().orElseThrow());
        assertThat(context.differenceTo(content(3, "1"))).isEmpty();
        assertThat(context.differenceTo(content(4, "bad"))).containsExactly("a");
    }

    @Test
    void aContextThatWasNeverReadHasAnEmptySource() {
        assertThat(context.applied()).isEmpty();
        assertThat(context.parts()).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo("config/orders");
            assertThat(part.properties()).isEmpty();
        });
        assertThat(context.differenceTo(content(1, "1"))).containsExactly("a");
    }

    @Test
    void documentsThatWentStayAsEmptySources() {
        ImportedContext yaml =
                new ImportedContext(ConfigContext.of("config/orders", false), ConfigFormat.YAML.with("data", ""));
        applied(yaml, yaml.parse(Nodes.of(1, "/config/orders/data", "a: 1\n---\nb: 1\n")));
        assertThat(yaml.parts()).hasSize(2);
        applied(yaml, yaml.parse(Nodes.of(2, "/config/orders/data", "a: 1\n")));
        assertThat(yaml.parts()).hasSize(2);
        assertThat(yaml.parts().get(1).name()).isEqualTo("config/orders (document #1)");
        assertThat(yaml.parts().get(1).properties()).isEmpty();
    }

    @Test
    void aComplaintIsNewOnlyOnce() {
        assertThat(context.complains("x")).isTrue();
        assertThat(context.complains("x")).isFalse();
        assertThat(context.complains(null)).isFalse();
        assertThat(context.complains("x")).isTrue();
    }
}
