package io.quorate.simulation.linearizability;

import static io.quorate.simulation.linearizability.Operation.ANY;
import static io.quorate.simulation.linearizability.Operation.Outcome.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.simulation.linearizability.Operation.Call;
import io.quorate.simulation.linearizability.Operation.Outcome;
import io.quorate.simulation.linearizability.Operation.Status;
import io.quorate.simulation.linearizability.Verdict.NotLinearizable;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

    private static Script created() {
        return new Script().op(1, 0, 10, Call.create("a"), DONE);
    }

    private static void accepted(Script script) {
        assertThat(script.judge()).isInstanceOf(Verdict.Linearizable.class);
    }

    private static NotLinearizable refused(Script script) {
        assertThat(script.judge()).isInstanceOf(NotLinearizable.class);
        return (NotLinearizable) script.judge();
    }

    @Test
    void nothingIsLinearizable() {
        assertThat(new LinearizabilityChecker().check(List.of())).isInstanceOf(Verdict.Linearizable.class);
    }

    @Test
    void aLifeInOrder() {
        accepted(created()
                .op(1, 11, 12, Call.get(), Outcome.read(0, "a"))
                .op(1, 13, 14, Call.set("b", 0), Outcome.version(1))
                .op(2, 15, 16, Call.set("c", 0), Outcome.failed(Status.BAD_VERSION))
                .op(2, 17, 18, Call.exists(), Outcome.version(1))
                .op(2, 19, 20, Call.create("d"), Outcome.failed(Status.NODE_EXISTS))
                .op(2, 21, 22, Call.delete(0), Outcome.failed(Status.BAD_VERSION))
                .op(2, 23, 24, Call.delete(1), DONE)
                .op(1, 25, 26, Call.get(), Outcome.failed(Status.NO_NODE))
                .op(1, 27, 28, Call.create("e"), DONE)
                .op(1, 29, 30, Call.get(), Outcome.read(0, "e")));
    }

    @Test
    void readsBesideAWriteMayGoEitherWayOnce() {
        Script script = created()
                .op(1, 20, 50, Call.set("b", ANY), Outcome.version(1))
                .op(2, 25, 30, Call.get(), Outcome.read(0, "a"))
                .op(2, 31, 35, Call.get(), Outcome.read(1, "b"));
        accepted(script);
        NotLinearizable violation = refused(script.op(3, 36, 40, Call.get(), Outcome.read(0, "a")));
        assertThat(violation.culprit().invokedNanos()).isEqualTo(36);
        assertThat(violation.before()).containsExactly("version 1 b");
    }

    @Test
    void aReadMustSeeWhatWasAcknowledged() {
        refused(created()
                .op(1, 20, 30, Call.set("b", ANY), Outcome.version(1))
                .op(2, 31, 40, Call.get(), Outcome.read(0, "a")));
    }

    @Test
    void twoCreatesCannotBothSucceed() {
        refused(created().op(2, 0, 10, Call.create("b"), DONE));
        accepted(created().op(2, 0, 10, Call.create("b"), DONE).op(3, 0, 10, Call.delete(ANY), DONE));
    }

    @Test
    void twoSetsCannotBothMeetTheSameVersion() {
        refused(created()
                .op(1, 20, 30, Call.set("b", 0), Outcome.version(1))
                .op(2, 20, 30, Call.set("c", 0), Outcome.version(1)));
    }

    @Test
    void aVersionTellsHowManyWritesThereWere() {
        refused(created().op(1, 20, 30, Call.set("b", ANY), Outcome.version(2)));
        accepted(created().lost(2, 15, Call.set("x", ANY)).op(1, 20, 30, Call.set("b", ANY), Outcome.version(2)));
    }

    @Test
    void anUnknownWriteMayHappenLateOrNeverButOnce() {
        Script script = created().lost(2, 20, Call.set("b", ANY)).op(1, 30, 40, Call.get(), Outcome.read(0, "a"));
        accepted(script);
        accepted(script.op(1, 1000, 1010, Call.get(), Outcome.read(1, "b")));
        refused(script.op(1, 2000, 2010, Call.set("c", ANY), Outcome.version(2))
                .op(1, 2020, 2030, Call.get(), Outcome.read(3, "b")));
    }

    @Test
    void anUnknownWriteDoesNotHappenBeforeItIsInvoked() {
        refused(created().op(1, 20, 30, Call.get(), Outcome.read(1, "b")).lost(2, 40, Call.set("b", ANY)));
    }

    @Test
    void unknownWritesOfOneKindStandInForOneAnother() {
        Script script = created();
        for (int i = 0; i < 200; i++) {
            script.lost(10 + i, 20 + i, Call.set("x" + i, ANY)).lost(500 + i, 20 + i, Call.delete(ANY));
            script.lost(1000 + i, 20 + i, Call.create("y" + i));
        }
        accepted(script.op(1, 1000, 1010, Call.get(), Outcome.read(50, "x77")));
        refused(script.op(1, 1020, 1030, Call.get(), Outcome.read(250, "x78")));
    }

    @Test
    void pathsAreIndependent() {
        accepted(created().on("/s").op(2, 20, 30, Call.get(), Outcome.failed(Status.NO_NODE)));
        assertThat(refused(created().on("/s").op(2, 20, 30, Call.get(), Outcome.read(0, "a")))
                        .path())
                .isEqualTo("/s");
    }

    @Test
    void aRefusalNeedsItsReason() {
        refused(created().op(2, 20, 30, Call.create("b"), Outcome.failed(Status.NO_NODE)));
        refused(created().op(2, 20, 30, Call.set("b", ANY), Outcome.failed(Status.BAD_VERSION)));
        refused(created().op(2, 20, 30, Call.set("b", 0), Outcome.failed(Status.BAD_VERSION)));
        refused(created().op(2, 20, 30, Call.delete(ANY), Outcome.failed(Status.NO_NODE)));
        refused(new Script().op(2, 20, 30, Call.create("b"), Outcome.failed(Status.NODE_EXISTS)));
    }

    @Test
    void whatIsTooWideIsUndecided() {
        Script script = created();
        for (int i = 0; i < 30; i++) {
            script.op(10 + i, 20, 1000 + i, Call.set("x" + i, ANY), Outcome.version(i + 1));
        }
        accepted(script);
        List<Operation> operations = new java.util.ArrayList<>();
        operations.add(new Operation(0, "/r", Call.create("a"), DONE, 0, 1));
        for (int i = 0; i < 12; i++) {
            operations.add(new Operation(i, "/r", Call.delete(ANY), DONE, 2, 100));
            operations.add(new Operation(100 + i, "/r", Call.create("x" + i), DONE, 2, 100));
            operations.add(new Operation(200 + i, "/r", Call.get(), Outcome.read(0, "x" + i), 2, 100));
        }
        assertThat(new LinearizabilityChecker(1000).check(operations)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void aPictureShowsTheCulpritAndWhatWasAroundIt() {
        String html = refused(created()
                        .lost(7, 12, Call.set("<never>", ANY))
                        .op(1, 20, 30, Call.set("b", ANY), Outcome.version(1))
                        .op(2, 31, 40, Call.get(), Outcome.read(0, "a")))
                .toHtml();
        assertThat(html)
                .contains("class=\"culprit\"", "client 7", "set &lt;never&gt;", "get -&gt; OK version 0 a")
                .doesNotContain("<never>", "href", "src=");
    }

    @Test
    void anOperationMakesSense() {
        assertThatThrownBy(() -> new Operation(1, "/r", Call.get(), Outcome.UNKNOWN, 5, 6))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Operation(1, "/r", Call.get(), DONE, 5, Operation.NEVER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Operation(1, "/r", Call.get(), DONE, 5, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
