package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The highest position of a quorum, against the plain way of finding it. */
class AckTallyTest {

    private static final int HIGHEST = 3;

    /** Remembers everything, and asks the rule about every position. */
    private static final class Model {
        private final QuorumRule rule;
        private final Map<Long, Long> positions = new TreeMap<>();

        private Model(QuorumRule rule) {
            this.rule = rule;
        }

        private void acked(long server, long zxid) {
            positions.merge(server, zxid, Math::max);
        }

        private long quorumZxid() {
            long best = AckTally.NONE;
            for (long candidate : positions.values()) {
                long[] holders = positions.entrySet().stream()
                        .filter(entry -> entry.getValue() >= candidate)
                        .mapToLong(Map.Entry::getKey)
                        .toArray();
                if (candidate > best && rule.isQuorum(holders, holders.length)) {
                    best = candidate;
                }
            }
            return best;
        }
    }

    private static List<QuorumRule> rulesOfFour() {
        List<QuorumRule> rules = new ArrayList<>();
        for (int voters = 1; voters <= 4; voters++) {
            rules.add(Voters.majority(voters));
        }
        rules.add(Voters.hierarchy(new int[] {0, 0, 1, 1}, new int[] {1, 1, 1, 1}));
        rules.add(Voters.hierarchy(new int[] {0, 0, 0, 1}, new int[] {2, 1, 0, 0}));
        rules.add(Voters.hierarchy(new int[] {0, 1, 2, 2}, new int[] {1, 1, 1, 1}));
        rules.add(JointRule.of(
                Membership.majority(0, Voters.servers(3)),
                Membership.majority(1, Voters.servers(4).subList(1, 4))));
        return rules;
    }

    /** Every sequence of four steps: somebody, strangers too, acknowledges something, or is forgotten. */
    @Test
    void everySequenceOfFourSteps() {
        int servers = 5;
        int steps = servers * (HIGHEST + 1);
        int sequences = steps * steps * steps * steps;
        for (QuorumRule rule : rulesOfFour()) {
            for (int sequence = 0; sequence < sequences; sequence++) {
                AckTally tally = new AckTally(rule);
                Model model = new Model(rule);
                for (int i = 0, rest = sequence; i < 4; i++, rest /= steps) {
                    step(tally, model, 1 + rest % servers, rest / servers % (HIGHEST + 1) - 1);
                }
                if (tally.quorumZxid() != model.quorumZxid()) {
                    throw new AssertionError(rule.getClass() + " " + sequence + ": " + model.positions);
                }
            }
        }
    }

    /** @param zxid -1 forgets the server */
    private static void step(AckTally tally, Model model, long server, long zxid) {
        if (zxid < 0) {
            tally.remove(server);
            model.positions.remove(server);
        } else {
            tally.acked(server, zxid);
            model.acked(server, zxid);
        }
    }

    @Test
    void longHistoriesOfManyVoters() {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int voters = 1 + random.nextInt(20);
            QuorumRule rule = Voters.majority(voters);
            AckTally tally = new AckTally(rule);
            Model model = new Model(rule);
            for (int i = 0; i < 300; i++) {
                step(
                        tally,
                        model,
                        1 + random.nextInt(voters + 1),
                        random.nextInt(12) == 0 ? -1 : random.nextInt(i + 1));
                assertThat(tally.quorumZxid()).as("seed " + seed).isEqualTo(model.quorumZxid());
            }
        }
    }

    @Test
    void aStrangerAndAnOlderPositionCountForNothing() {
        AckTally tally = new AckTally(Voters.majority(3));
        tally.acked(9, 100);
        tally.acked(1, 5);
        assertThat(tally.quorumZxid()).isEqualTo(AckTally.NONE);
        tally.acked(2, 4);
        assertThat(tally.quorumZxid()).isEqualTo(4);
        tally.acked(2, 1);
        assertThat(tally.quorumZxid()).isEqualTo(4);
    }
}
