package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecencyTest {
    private static final long NOW = 1_800_000_000_000_000_000L;
    private static final Timestamp ORDINARY = new Timestamp(NOW - 1000, 5);
    private static final Timestamp FUTURE =
            new Timestamp(NOW + Duration.ofDays(2).toNanos(), 1);
    private static final Timestamp LAST = new Timestamp(-1, 1);

    private final Recency recency = new Recency();

    private boolean isNews(Timestamp time, boolean silent) {
        return recency.isNews(time, NOW, silent);
    }

    @Test
    void onlyNewerMessagesAreNews() {
        recency.take(ORDINARY, NOW);

        assertThat(isNews(ORDINARY, false)).isFalse();
        assertThat(isNews(new Timestamp(NOW - 1000, 4), true)).isFalse();
        assertThat(isNews(new Timestamp(NOW - 1000, 6), false)).isTrue();
        assertThat(isNews(new Timestamp(NOW - 999, 0), false)).isTrue();
    }

    @Test
    void aClaimOfTheFarFutureIsNotBelievedWhileThePeerSpeaksSensibly() {
        recency.take(ORDINARY, NOW);

        assertThat(isNews(FUTURE, false)).isFalse();
        assertThat(isNews(LAST, false)).isFalse();
    }

    @Test
    void aPeerWhoseClockIsAheadIsBelievedOnceItsFormerSelfIsSilent() {
        recency.take(ORDINARY, NOW);

        assertThat(isNews(FUTURE, true)).isTrue();
        recency.take(FUTURE, NOW);
        assertThat(isNews(new Timestamp(FUTURE.incarnation(), 2), false)).isTrue();
        assertThat(isNews(FUTURE, true)).isFalse();
    }

    @Test
    void aPeerThatOnceClaimedTheFarFutureIsHeardWithASensibleTimeAtOnce() {
        recency.take(LAST, NOW);

        assertThat(isNews(ORDINARY, false)).isTrue();
        recency.take(ORDINARY, NOW);
        assertThat(isNews(LAST, true)).isFalse();
    }

    @Test
    void ifOurOwnClockIsFarBehindEverybodyIsBelievedInOrder() {
        long behind = NOW - Duration.ofDays(30).toNanos();
        recency.take(ORDINARY, behind);

        assertThat(recency.isNews(new Timestamp(NOW, 1), behind, false)).isTrue();
        assertThat(recency.isNews(ORDINARY, behind, true)).isFalse();
    }
}
