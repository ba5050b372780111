package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthTest {
    private static final double MEGABIT = 1e6;
    private static final int BLOCK = 125_000;
    private static final long TEN_MILLIS = 10_000_000;

    private static Bandwidth of(double node, double link) {
        Bandwidth bandwidth = new Bandwidth(
                new NetworkConditions(Duration.ZERO, Duration.ZERO, 1, Duration.ZERO, node, link, 0, 0, 0));
        bandwidth.reach(8);
        return bandwidth;
    }

    @Test
    void aFrameTakesAsLongAsItsBitsOnTheNodesWire() {
        assertThat(of(100 * MEGABIT, 0).sending(1, 2, BLOCK, 0)).isEqualTo(TEN_MILLIS);
    }

    @Test
    void framesOfOneNodeWaitForEachOtherWhoeverTheyAreFor() {
        Bandwidth bandwidth = of(100 * MEGABIT, 0);

        bandwidth.sending(1, 2, BLOCK, 0);
        bandwidth.sending(1, 3, BLOCK, 0);

        assertThat(bandwidth.sending(1, 4, BLOCK, 0)).isEqualTo(3 * TEN_MILLIS);
        assertThat(bandwidth.sending(5, 4, BLOCK, 0)).isEqualTo(TEN_MILLIS);
    }

    @Test
    void aNodeThatWasIdleOwesNothing() {
        Bandwidth bandwidth = of(100 * MEGABIT, 0);
        bandwidth.sending(1, 2, BLOCK, 0);

        assertThat(bandwidth.sending(1, 2, BLOCK, 5 * TEN_MILLIS)).isEqualTo(TEN_MILLIS);
    }

    @Test
    void whatFitsIntoAPacketSlipsInBetween() {
        Bandwidth bandwidth = of(100 * MEGABIT, 0);
        bandwidth.sending(1, 2, BLOCK, 0);

        assertThat(bandwidth.sending(1, 3, 1_250, 0)).isEqualTo(TEN_MILLIS / 100);
        assertThat(bandwidth.sending(1, 2, BLOCK, 0))
                .as("but takes its share")
                .isEqualTo(2 * TEN_MILLIS + TEN_MILLIS / 100);
    }

    @Test
    void aSlowerLinkHoldsUpOnlyWhatGoesOverIt() {
        Bandwidth bandwidth = of(100 * MEGABIT, 10 * MEGABIT);

        assertThat(bandwidth.sending(1, 2, BLOCK, 0)).isEqualTo(10 * TEN_MILLIS);
        assertThat(bandwidth.sending(1, 2, BLOCK, 0)).isEqualTo(20 * TEN_MILLIS);
        assertThat(bandwidth.sending(1, 3, BLOCK, 0)).isBetween(11 * TEN_MILLIS, 13 * TEN_MILLIS);
    }

    @Test
    void anIdleReceiverTakesAFrameInAsItComes() {
        assertThat(of(100 * MEGABIT, 0).receiving(2, BLOCK, 3 * TEN_MILLIS)).isZero();
    }

    @Test
    void framesOfManySendersWaitAtTheirReceiver() {
        Bandwidth bandwidth = of(100 * MEGABIT, 0);
        bandwidth.receiving(2, BLOCK, 3 * TEN_MILLIS);

        assertThat(bandwidth.receiving(2, BLOCK, 3 * TEN_MILLIS)).isEqualTo(TEN_MILLIS);
        assertThat(bandwidth.receiving(2, BLOCK, 3 * TEN_MILLIS)).isEqualTo(2 * TEN_MILLIS);
        assertThat(bandwidth.receiving(7, BLOCK, 3 * TEN_MILLIS)).isZero();
    }

    @Test
    void whereThereAreManyLinksThoseInUseStillDelay() {
        Bandwidth bandwidth = of(0, 100 * MEGABIT);
        for (int to = 0; to < 1_000; to++) {
            bandwidth.sending(1, to, BLOCK, 0);
        }
        for (int to = 1_000; to < 1_100; to++) {
            bandwidth.sending(1, to, BLOCK, TEN_MILLIS);
        }
        for (int to = 1_000; to < 1_100; to++) {
            assertThat(bandwidth.sending(1, to, BLOCK, TEN_MILLIS)).isEqualTo(2 * TEN_MILLIS);
            assertThat(bandwidth.sending(1, to - 1_000, BLOCK, TEN_MILLIS)).isEqualTo(TEN_MILLIS);
        }
    }
}
