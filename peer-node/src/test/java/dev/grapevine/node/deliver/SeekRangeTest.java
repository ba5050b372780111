package dev.grapevine.node.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekNextCommit;
import org.hyperledger.fabric.protos.orderer.SeekOldest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.junit.jupiter.api.Test;

class SeekRangeTest {
    private static final long HEIGHT = 7;
    private static final long NEVER = -1;
    private static final SeekPosition OLDEST =
            SeekPosition.newBuilder().setOldest(SeekOldest.getDefaultInstance()).build();
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();
    private static final SeekPosition NEXT = SeekPosition.newBuilder()
            .setNextCommit(SeekNextCommit.getDefaultInstance())
            .build();

    @Test
    void resolvesPositionsAgainstTheChain() {
        assertThat(range(OLDEST, NEWEST)).isEqualTo(new SeekRange(0, 6, false));
        assertThat(range(NEWEST, NEWEST)).isEqualTo(new SeekRange(6, 6, false));
        assertThat(range(OLDEST, OLDEST)).isEqualTo(new SeekRange(0, 0, false));
        assertThat(range(number(3), number(NEVER))).isEqualTo(new SeekRange(3, NEVER, false));
        assertThat(range(NEXT, number(9))).isEqualTo(new SeekRange(7, 9, false));
    }

    @Test
    void aStopByNumberBeforeTheStartIsRefused() {
        assertThat(SeekRange.of(seek(number(3), number(2)), HEIGHT).isAccepted())
                .isFalse();
    }

    @Test
    void anyOtherStopBeforeTheStartNeverComes() {
        assertThat(range(NEXT, NEWEST)).isEqualTo(new SeekRange(7, NEVER, false));
        assertThat(range(number(3), NEXT)).isEqualTo(new SeekRange(3, NEVER, false));
    }

    @Test
    void aSeekNeedsAStartAndAStop() {
        assertThat(SeekRange.of(SeekInfo.newBuilder().setStart(OLDEST).build(), HEIGHT)
                        .isAccepted())
                .isFalse();
        assertThat(SeekRange.of(SeekInfo.newBuilder().setStop(OLDEST).build(), HEIGHT)
                        .isAccepted())
                .isFalse();
    }

    @Test
    void theVeryNextBlockIsReachableAndTheOneAfterIsNot() {
        assertThat(SeekRange.isReachable(number(HEIGHT), HEIGHT)).isTrue();
        assertThat(SeekRange.isReachable(number(HEIGHT + 1), HEIGHT)).isFalse();
        assertThat(SeekRange.isReachable(number(NEVER), HEIGHT)).isFalse();
        assertThat(SeekRange.isReachable(NEXT, HEIGHT)).isTrue();
        assertThat(SeekRange.isReachable(SeekPosition.getDefaultInstance(), HEIGHT))
                .isFalse();
    }

    private static SeekRange range(SeekPosition start, SeekPosition stop) {
        return SeekRange.of(seek(start, stop), HEIGHT).value();
    }

    private static SeekInfo seek(SeekPosition start, SeekPosition stop) {
        return SeekInfo.newBuilder().setStart(start).setStop(stop).build();
    }

    private static SeekPosition number(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }
}
