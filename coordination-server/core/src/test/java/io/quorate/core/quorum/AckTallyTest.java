package io.quorate.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The highest position of a quorum, against the plain way of finding it. */
class AckTallyTest {

    private static Membership of(int voters) {
        List<PeerServer> servers = new ArrayList<>();
        for (long id = 1; id <= voters; id++) {
            PeerServer.PeerAddress address = new PeerServer.PeerAddress("s" + id, 2888, 3888);
            servers.add(new PeerServer(id, List.of(address), false, null));
        }
        return Membership.majority(0, servers);
    }

    @Test
    void allPositionsOfUpToFiveVoters() {
        for (int voters = 1; voters <= 5; voters++) {
            Membership membership = of(voters);
            int cases = (int) Math.pow(4, voters);
            for (int number = 0; number < cases; number++) {
                AckTally tally = new AckTally(membership.rule());
                List<Long> positions = new ArrayList<>();
                int rest = number;
                for (long id = 1; id <= voters; id++, rest /= 4) {
                    long position = rest % 4;
                    positions.add(position);
                    tally.acked(id, position);
                }
                positions.sort(Collections.reverseOrder());
                assertThat(tally.quorumZxid()).as("%s", positions).isEqualTo(positions.get(voters / 2));
            }
        }
    }

    @Test
    void aStrangerAndAnOlderPositionCountForNothing() {
        AckTally tally = new AckTally(of(3).rule());
        tally.acked(9, 100);
        tally.acked(1, 5);
        assertThat(tally.quorumZxid()).isEqualTo(AckTally.NONE);
        tally.acked(2, 4);
        assertThat(tally.quorumZxid()).isEqualTo(4);
        tally.acked(2, 1);
        assertThat(tally.quorumZxid()).isEqualTo(4);
    }
}
