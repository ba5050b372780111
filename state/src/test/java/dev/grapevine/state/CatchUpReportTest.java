package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CatchUpReportTest {
    @Test
    void saysHowFarItIsAndEndsWhenEverythingIsHere() {
        Network network = new Network(1, Chain.of(3000));
        network.delay = Duration.ofMillis(100);
        network.peer("go", 3000);
        Peer late = network.peer("late", 1);
        network.start();

        network.time.runUntil(() -> late.height() > 1000, Duration.ofSeconds(20));
        CatchUpProgress progress = late.state.catchUp().orElseThrow();

        assertThat(progress.height()).isEqualTo(late.height());
        assertThat(progress.target()).isEqualTo(3000);
        assertThat(progress.blocksPerSecond()).isBetween(50.0, 1000.0);
        assertThat(progress.bytesPerSecond()).isGreaterThan(100 * progress.blocksPerSecond());
        assertThat(progress.timeLeft())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(late.numbers.of("gossip_state_catch_up_blocks_left")).isPositive();

        network.allReach(3000, Duration.ofSeconds(60));

        assertThat(late.state.catchUp()).isEmpty();
        assertThat(late.numbers.of("gossip_state_catch_up_blocks_left")).isZero();
    }

    @Test
    void aFewBlocksAreNotWorthAWord() {
        Network network = new Network(2, Chain.of(60));
        network.peer("go", 60);
        Peer late = network.peer("late", 1);
        network.start();
        network.time.runFor(Duration.ofMillis(3));

        assertThat(late.state.catchUp()).isEmpty();
    }

    @Test
    void withoutMovementThereIsNoTimeLeft() {
        assertThat(new CatchUpProgress(5, 100, 0, 0).timeLeft()).isEmpty();
        assertThat(new CatchUpProgress(100, 100, 7, 7).left()).isZero();
    }
}
