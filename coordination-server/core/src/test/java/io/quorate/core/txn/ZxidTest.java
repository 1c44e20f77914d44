package io.quorate.core.txn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quorum protocol 0.2. */
class ZxidTest {

    @Test
    void putsTheEpochAboveTheCounter() {
        assertThat(Zxid.of(1, 2)).isEqualTo(0x1_0000_0002L);
        assertThat(Zxid.of(0xffff_ffffL, 0xffff_ffffL)).isEqualTo(-1);
        assertThat(Zxid.epoch(-1)).isEqualTo(0xffff_ffffL);
        assertThat(Zxid.counter(-1)).isEqualTo(0xffff_ffffL);
        assertThat(Zxid.format(0x1_0000_000aL)).isEqualTo("0x10000000a");
    }

    @ParameterizedTest
    @CsvSource({
        "1,1, 1,0, true", "1,2, 1,1, true", "1,3, 1,1, false", "1,1, 1,1, false", "1,1, 1,2, false",
        "2,1, 1,7, true", "2,0, 1,7, false", "2,2, 1,7, false", "9,1, 1,7, true", "1,1, 2,0, false",
        "4294967295,1, 1,7, true"
    })
    void followsWithoutAGap(long epoch, long counter, long previousEpoch, long previousCounter, boolean expected) {
        assertThat(Zxid.follows(Zxid.of(epoch, counter), Zxid.of(previousEpoch, previousCounter)))
                .isEqualTo(expected);
    }

    /** The reference without peers counts through the end of the counter. */
    @ParameterizedTest
    @CsvSource({
        "1,0, 0,4294967295, true",
        "1,1, 1,0, true",
        "1,0, 0,4294967294, false",
        "2,0, 0,4294967295, false",
        "0,4294967295, 0,4294967294, true",
        "2,1, 1,7, true",
        "2,0, 1,7, false",
        "1,3, 1,1, false",
        "0,0, 0,0, false"
    })
    void followsInALogThatIsReadBack(long epoch, long counter, long previousEpoch, long previousCounter, boolean is) {
        assertThat(Zxid.followsInLog(Zxid.of(epoch, counter), Zxid.of(previousEpoch, previousCounter)))
                .isEqualTo(is);
    }

    @ParameterizedTest
    @CsvSource({"0,0, 0,1", "0,4294967293, 0,4294967294", "0,4294967294, 1,1", "0,4294967295, 1,1", "7,4294967294, 8,1"
    })
    void aServerWithoutPeersOpensTheNextEpochItself(long epoch, long counter, long nextEpoch, long nextCounter) {
        long next = Zxid.nextWithoutPeers(Zxid.of(epoch, counter));
        assertThat(next).isEqualTo(Zxid.of(nextEpoch, nextCounter));
        assertThat(Zxid.follows(next, Zxid.of(epoch, counter))).isTrue();
    }
}
