package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final VirtualTime world = new VirtualTime(1);
    private final Roster roster = new Roster(1, 1);
    private final List<Integer> committed = new ArrayList<>();
    private final Ledger ledger = new Ledger(0, new Timeline(world, roster), new FabricObserver() {
        @Override
        public void committed(int peer, int block) {
            committed.add(block);
        }
    });

    @BeforeEach
    void start() {
        roster.started(0, 1);
    }

    private void wait(int millis) {
        world.runFor(Duration.ofMillis(millis));
    }

    @Test
    void makesBlocksDurableInOrderAMillisecondAfterTheyCanBe() {
        ledger.offer(2);
        wait(5);
        assertThat(committed).isEmpty();

        ledger.offer(1);
        wait(1);
        assertThat(committed).containsExactly(1, 2);
        assertThat(ledger.height()).isEqualTo(3);
    }

    @Test
    void refusesWhatGossipBringsTwentyAheadOfTheHeight() {
        ledger.offer(20);
        ledger.offer(21);

        assertThat(ledger.waiting()).isEqualTo(1);
    }

    @Test
    void takesWhatWasAskedForHoweverFarAhead() {
        ledger.put(500);

        assertThat(ledger.waiting()).isEqualTo(1);
    }

    @Test
    void ignoresWhatItHas() {
        ledger.put(1);
        wait(1);
        ledger.put(1);
        ledger.put(0);
        wait(5);

        assertThat(committed).containsExactly(1);
        assertThat(ledger.waiting()).isZero();
    }

    @Test
    void aCrashLosesWhatWaits() {
        ledger.put(1);
        ledger.put(3);
        roster.crashed(0);
        wait(5);
        roster.started(0, 2);
        ledger.reopen();

        assertThat(committed).isEmpty();
        assertThat(ledger.height()).isEqualTo(1);
        ledger.put(1);
        wait(1);
        assertThat(committed).containsExactly(1);
    }
}
