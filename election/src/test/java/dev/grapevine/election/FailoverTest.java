package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elections where the death of a leader is told instead of waited for. */
class FailoverTest {
    private static Organisation led(long seed, int size) {
        Organisation organisation = new Organisation(seed, size);
        organisation.startAll();
        organisation.runFor(30);
        assertThat(organisation.leaders()).containsExactly(0);
        return organisation;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aNewLeaderIsElectedAtOnceAndStaysTheOnlyOne(long seed) {
        Organisation organisation = led(seed, 16);
        organisation.noticeFailures();

        organisation.fail(organisation.peers.get(0));
        organisation.time.runFor(Duration.ofMillis(1_500));

        assertThat(organisation.leaders()).isNotEmpty();
        organisation.runFor(6);
        assertThat(organisation.leaders()).hasSize(1);
        assertThat(organisation.knownLeaders()).hasSize(15);
    }

    @Test
    void theDeathOfAFollowerElectsNobody() {
        Organisation organisation = led(11, 5);
        organisation.noticeFailures();

        organisation.fail(organisation.peers.get(3));
        organisation.runFor(20);

        assertThat(organisation.leaders()).containsExactly(0);
        assertThat(organisation.peers.get(0).changes).containsExactly(true);
    }

    @Test
    void withAnElectorThatCannotNoticeEverybodyWaitsForSilence() {
        Organisation organisation = led(12, 5);

        organisation.fail(organisation.peers.get(0));
        organisation.runFor(5);
        assertThat(organisation.leaders()).isEmpty();

        organisation.runFor(12);
        assertThat(organisation.leaders()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void aCandidateThatDiesBeforeItHasDeclaredIsNotWaitedFor(long seed) {
        Organisation organisation = led(seed, 6);
        organisation.noticeFailures();

        organisation.fail(organisation.peers.get(0));
        organisation.time.runFor(Duration.ofMillis(450));
        organisation.fail(organisation.peers.get(1));
        organisation.runFor(6);

        assertThat(organisation.leaders()).hasSize(1).doesNotContain(0, 1);
    }
}
