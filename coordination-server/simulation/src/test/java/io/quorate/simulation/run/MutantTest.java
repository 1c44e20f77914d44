package io.quorate.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.simulation.Violation;
import io.quorate.simulation.server.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deliberate faults, each of which must be caught soon, and for the right reason: a checker that never fails proves
 * nothing.
 */
final class MutantTest {

    /**
     * A fault and how it must come out.
     *
     * @param kind in which runs it is looked for
     * @param seeds within which it must be caught
     * @param properties any of which may be the one that does not hold
     */
    record Mutant(String name, Kind kind, Supplier<Wiring> fault, int seeds, List<String> properties) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.concat(ofOneServer(), ofMembers());
    }

    private static Stream<Mutant> ofOneServer() {
        return Stream.of(
                mutant("acknowledge before force", DiskMutants::acknowledgeBeforeForce, 10, "Z9", "core"),
                mutant("failed force taken for a good one", DiskMutants::ignoreFailedForce, 30, "Z9", "core"),
                mutant("log write dropped", DiskMutants::dropLogWrite, 10, "Z9", "core"),
                mutant("log write misplaced", DiskMutants::misplaceLogWrite, 10, "Z9", "core"),
                mutant("end of the log not read", DiskMutants::forgetEndOfLog, 10, "Z9", "core"),
                mutant("snapshot listed before it is durable", DiskMutants::listUnforcedSnapshot, 10, "S2", "core"),
                mutant("snapshot damaged", DiskMutants::dropSnapshotSlice, 10, "S2", "core"),
                mutant("other data logged than applied", DiskMutants::changeLoggedData, 10, "S1", "Z4"),
                mutant("closed session comes back with its nodes", DiskMutants::forgetClosedSession, 10, "S1", "Z4"),
                mutant("half a multi logged", DiskMutants::logHalfAMulti, 10, "S1", "Z4"),
                mutant("event behind the reply", LinkMutants::eventBehindReply, 10, "W2"),
                mutant("event lost", LinkMutants::loseEvent, 10, "W1", "W2"),
                mutant("event twice", LinkMutants::repeatEvent, 10, "W1", "W3"),
                mutant("replies swapped", LinkMutants::swapReplies, 10, "C1"),
                mutant("reply with an older zxid", LinkMutants::olderZxid, 10, "C2", "L1", "read", "Z9"),
                mutant("reply with a later zxid", LinkMutants::laterZxid, 10, "C2", "L1", "Z9", "read"),
                mutant("error told as success", LinkMutants::errorAsSuccess, 10, "Z9", "protocol"),
                mutant("longer timeout told than kept", LinkMutants::longerTimeout, 30, "C4"),
                mutant("data changed on the way", LinkMutants::changeReadData, 10, "read", "write", "protocol"));
    }

    private static Stream<Mutant> ofMembers() {
        return Stream.of(
                member("acknowledge before force", DiskMutants::acknowledgeBeforeForce, 5, "Z10", "Z8"),
                member(
                        "transaction acknowledged and not logged",
                        DiskMutants::dropLogWrite,
                        10,
                        "Z10",
                        "Z8",
                        "Z9",
                        "Z3"),
                member("other data logged than proposed", DiskMutants::changeLoggedData, 10, "Z3", "Z4", "S1"),
                member("other zxid acknowledged", QuorumMutants::acknowledgeAnotherZxid, 5, "Z10"),
                member("proposal changed on the way", QuorumMutants::changeProposal, 10, "Z3", "S1"),
                // The member refuses such a commit and leaves its leader, again and again.
                member("commit out of order", QuorumMutants::commitOutOfOrder, 10, "Z3", "liveness"),
                member("proposal counts as acknowledged", QuorumMutants::countProposalAsAcknowledged, 10, "Z8"),
                member("write answered as soon as it is proposed", QuorumMutants::commitWithProposal, 10, "Z8"),
                // Two observers are needed: with one, every quorum still holds most of the voters.
                member("observer counted as voter", QuorumMutants::countObserversAsVoters, 20, "Z8", "Z9", "Z1"),
                member("sync answered without the leader", QuorumMutants::answerSyncAlone, 30, "L1"),
                member("epoch file lost at crash", QuorumMutants::leaveEpochUnforced, 5, "Z2", "Z10"),
                member("epoch promised and not written", QuorumMutants::promiseWithoutWriting, 5, "Z10", "Z2"),
                member("current epoch before history", QuorumMutants::enterEpochBeforeHistory, 30, "Z10", "Z8"),
                member("truncation skipped", QuorumMutants::skipTruncation, 60, "Z10", "Z3", "S1", "core"),
                member("void logs kept", QuorumMutants::keepVoidLogs, 60, "Z10", "Z3"));
    }

    private static Mutant mutant(String name, Supplier<Wiring> fault, int seeds, String... properties) {
        return new Mutant(name, Kind.STANDALONE, fault, seeds, List.of(properties));
    }

    private static Mutant member(String name, Supplier<Wiring> fault, int seeds, String... properties) {
        return new Mutant(name + ", in an ensemble", Kind.ENSEMBLE, fault, seeds, List.of(properties));
    }

    private static final List<String> RECORDS = new ArrayList<>();

    @AfterAll
    static void record() throws IOException {
        Files.write(Path.of("target", "mutants.txt"), RECORDS);
    }

    /** How many seeds each took is left in {@code target/mutants.txt}. */
    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) {
        for (int seed = 1; seed <= mutant.seeds(); seed++) {
            RuntimeException caught = Simulation.run(
                            seed, mutant.kind(), id -> mutant.fault().get(), null)
                    .violation();
            if (caught != null) {
                RECORDS.add(mutant.name() + ": caught in seed " + seed + ", " + caught.getMessage());
                String property = caught instanceof Violation violation ? violation.property() : "core";
                assertThat(mutant.properties()).as(caught.toString()).contains(property);
                return;
            }
        }
        throw new AssertionError(mutant.name() + " is not caught within " + mutant.seeds() + " seeds");
    }
}
