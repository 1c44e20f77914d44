package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sets decide, for every set of every small ensemble (quorum protocol 1.2). */
class QuorumRulesTest {

    private static final int MOST_VOTERS = 6;
    private static final int WEIGHTS = 3;

    @Test
    void moreThanHalfOfUpToSixDecide() {
        for (int voters = 1; voters <= MOST_VOTERS; voters++) {
            QuorumRule rule = Voters.majority(voters);
            boolean[] quorums = Voters.quorums(rule, voters);
            for (int set = 0; set < quorums.length; set++) {
                assertThat(quorums[set]).isEqualTo(Integer.bitCount(set) >= voters / 2 + 1);
            }
            assertSafe(quorums, "majority of " + voters);
            for (long id = -1; id <= voters + 1; id++) {
                assertThat(rule.isVoter(id)).isEqualTo(id >= 1 && id <= voters);
                assertThat(rule.weight(id)).isEqualTo(id >= 1 && id <= voters ? 1 : 0);
            }
        }
    }

    /** What every rule promises: more members take nothing away, and two quorums have a member in common. */
    private static void assertSafe(boolean[] quorums, String what) {
        int all = quorums.length - 1;
        assertThat(quorums[all]).as(what + ": all together").isTrue();
        for (int set = 0; set <= all; set++) {
            if (!quorums[set]) {
                continue;
            }
            // Whatever is disjoint from it is within its complement.
            if (quorums[all & ~set]) {
                throw new AssertionError(what + ": " + Integer.toBinaryString(set) + " and its complement decide");
            }
            for (int more = 1; more <= all; more <<= 1) {
                if (!quorums[set | more]) {
                    throw new AssertionError(what + ": " + Integer.toBinaryString(set) + " decides, with more not");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void everyHierarchyIsWonByMoreThanHalfOfItsGroups(int voters) {
        int weightings = (int) Math.pow(WEIGHTS, voters);
        int checked = 0;
        for (int[] groupOf : Voters.partitions(voters)) {
            // The first stands for nobody with any weight, which is refused.
            for (int number = 1; number < weightings; number++) {
                int[] weights = digits(number, voters);
                boolean[] quorums = Voters.quorums(Voters.hierarchy(groupOf, weights), voters);
                for (int set = 0; set < quorums.length; set++) {
                    if (quorums[set] != decides(set, groupOf, weights)) {
                        throw new AssertionError(
                                Arrays.toString(groupOf) + Arrays.toString(weights) + Integer.toBinaryString(set));
                    }
                }
                assertSafe(quorums, Arrays.toString(groupOf) + Arrays.toString(weights));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(Voters.partitions(voters).size() * (weightings - 1));
    }

    private static int[] digits(int number, int voters) {
        int[] digits = new int[voters];
        for (int i = 0, rest = number; i < voters; i++, rest /= WEIGHTS) {
            digits[i] = rest % WEIGHTS;
        }
        return digits;
    }

    /** The rule in the words of the specification, in whole numbers. */
    private static boolean decides(int set, int[] groupOf, int[] weights) {
        int won = 0;
        int counted = 0;
        for (int group = 0; group < groupOf.length; group++) {
            int total = 0;
            int inSet = 0;
            for (int voter = 0; voter < groupOf.length; voter++) {
                if (groupOf[voter] == group) {
                    total += weights[voter];
                    inSet += (set >> voter & 1) * weights[voter];
                }
            }
            counted += total > 0 ? 1 : 0;
            won += inSet > Math.floorDiv(total, 2) ? 1 : 0;
        }
        return won > Math.floorDiv(counted, 2);
    }

    @ParameterizedTest
    @CsvSource({
        // Two groups of two: both have to be won, each by both of its members.
        "0011, 1111, 1110, false",
        "0011, 1111, 1111, true",
        // Four in one group: three of them.
        "0000, 1111, 1100, false",
        "0000, 1111, 1110, true",
        // Three groups of one: two of them.
        "012, 111, 110, true",
        "012, 111, 100, false",
        // Two against one in weight: the heavier decides alone.
        "00, 21, 10, true",
        "00, 21, 01, false",
        "00, 11, 10, false",
        // Without weight one decides nothing, and is not needed.
        "000, 110, 110, true",
        "000, 110, 101, false",
        "000, 100, 100, true",
        // A group without weight does not count: of two groups one is left, which decides.
        "001, 110, 110, true",
        "011, 100, 100, true",
        "011, 100, 011, false",
        // Four groups: three of them.
        "0123, 1111, 1100, false",
        "0123, 1111, 0111, true"
    })
    void arithmeticOfGroups(String groups, String weights, String set, boolean decides) {
        int voters = groups.length();
        int bits = 0;
        for (int voter = 0; voter < voters; voter++) {
            bits |= (set.charAt(voter) - '0') << voter;
        }
        long[] members = Voters.members(bits, voters);
        QuorumRule rule = Voters.hierarchy(numbers(groups), numbers(weights));
        assertThat(rule.isQuorum(members, members.length)).isEqualTo(decides);
    }

    private static int[] numbers(String digits) {
        return digits.chars().map(digit -> digit - '0').toArray();
    }

    @Test
    void strangersAddNothing() {
        for (QuorumRule rule :
                List.of(Voters.majority(3), Voters.hierarchy(new int[] {0, 0, 0}, new int[] {1, 1, 1}))) {
            assertThat(rule.isQuorum(Set.of(1L, 7L, 8L, 9L))).isFalse();
            assertThat(rule.isQuorum(Set.of(1L, 2L, 9L))).isTrue();
            assertThat(rule.isVoter(7)).isFalse();
            assertThat(rule.weight(7)).isZero();
        }
    }

    @Test
    void onlyTheFirstOfAnArrayCount() {
        assertThat(Voters.majority(3).isQuorum(new long[] {1, 2, 3}, 1)).isFalse();
        assertThat(Voters.majority(3).isQuorum(new long[] {1, 2, 3}, 2)).isTrue();
    }

    @Test
    void weightsAreTold() {
        QuorumRule rule = Voters.hierarchy(new int[] {0, 0, 1}, new int[] {2, 0, 1});
        assertThat(rule.weight(1)).isEqualTo(2);
        assertThat(rule.weight(2)).isZero();
        assertThat(rule.isVoter(2)).isTrue();
        assertThat(rule.weight(3)).isEqualTo(1);
    }

    /** Every pair of memberships among four servers. */
    @Test
    void aChangeNeedsAQuorumOfBoth() {
        int servers = 4;
        for (int before = 1; before < 1 << servers; before++) {
            for (int after = 1; after < 1 << servers; after++) {
                QuorumRule joint = JointRule.of(among(before, servers), among(after, servers));
                boolean[] quorums = Voters.quorums(joint, servers);
                for (int set = 0; set < quorums.length; set++) {
                    boolean both = 2 * Integer.bitCount(set & before) > Integer.bitCount(before)
                            && 2 * Integer.bitCount(set & after) > Integer.bitCount(after);
                    assertThat(quorums[set]).isEqualTo(both);
                }
                assertSafe(quorums, before + " to " + after);
                for (int server = 0; server < servers; server++) {
                    boolean votes = ((before | after) >> server & 1) == 1;
                    assertThat(joint.isVoter(server + 1)).isEqualTo(votes);
                    assertThat(joint.weight(server + 1)).isEqualTo(votes ? 1 : 0);
                }
            }
        }
    }

    private static Membership among(int set, int servers) {
        return Membership.majority(
                0,
                Voters.servers(servers).stream()
                        .filter(server -> (set >> (server.id() - 1) & 1) == 1)
                        .toList());
    }
}
