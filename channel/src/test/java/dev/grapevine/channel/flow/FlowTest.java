package dev.grapevine.channel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowTest {
    private final VirtualTime time = new VirtualTime(1);
    private final VirtualTime.Node node = time.newNode();

    private static PkiId peer(String name) {
        return new PkiId(ByteString.copyFromUtf8(name));
    }

    @Test
    void allowsABurstThenTheRateForEachPeerByItself() {
        RateLimit limit = new RateLimit(node, 1, 3, 10);

        assertThat(List.of(limit.allows(peer("a")), limit.allows(peer("a")), limit.allows(peer("a"))))
                .containsOnly(true);
        assertThat(limit.allows(peer("a"))).isFalse();
        assertThat(limit.allows(peer("b"))).isTrue();

        time.runFor(Duration.ofSeconds(1));
        assertThat(limit.allows(peer("a"))).isTrue();
        assertThat(limit.allows(peer("a"))).isFalse();
    }

    @Test
    void remembersABoundedNumberOfPeers() {
        RateLimit limit = new RateLimit(node, 1, 3, 10);

        for (int number = 0; number < 100; number++) {
            limit.allows(peer("peer" + number));
        }

        assertThat(limit.peers()).isEqualTo(10);
    }

    @Test
    void refusesAVerificationBeyondItsBytesUntilAnotherIsDone() {
        node.setWorkDuration(Duration.ofSeconds(1));
        Verifications verifications = new Verifications(node, 100_000);
        List<String> done = new ArrayList<>();

        assertThat(verifications.submit(90_000, () -> "first", "fault", done::add))
                .isTrue();
        assertThat(verifications.submit(20_000, () -> "second", "fault", done::add))
                .isFalse();
        time.runFor(Duration.ofSeconds(2));

        assertThat(done).containsExactly("first");
        assertThat(verifications.bytesInFlight()).isZero();
        assertThat(verifications.submit(20_000, () -> "third", "fault", done::add))
                .isTrue();
    }

    @Test
    void oneVerificationAloneMayExceedTheBytes() {
        Verifications verifications = new Verifications(node, 100);

        assertThat(verifications.submit(1_000_000, () -> true, false, found -> {}))
                .isTrue();
    }

    @Test
    void aVerificationThatFailsOfItselfCountsAsTheGivenResult() {
        Verifications verifications = new Verifications(node, 100);
        List<Boolean> done = new ArrayList<>();

        verifications.<Boolean>submit(
                1,
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                false,
                done::add);
        time.runFor(Duration.ofSeconds(1));

        assertThat(done).containsExactly(false);
    }

    @Test
    void picksAtMostSoManyDifferentOnesOfThoseThatMatch() {
        List<Integer> candidates = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

        List<Integer> picked = PeerSelection.pick(candidates, 3, number -> number % 2 == 0, new SplittableRandom(1));

        assertThat(picked).hasSize(3).doesNotHaveDuplicates().allMatch(number -> number % 2 == 0);
        assertThat(PeerSelection.pick(candidates, 99, number -> number > 8, new SplittableRandom(1)))
                .containsExactlyInAnyOrder(9, 10);
        assertThat(PeerSelection.pick(List.<Integer>of(), 3, number -> true, new SplittableRandom(1)))
                .isEmpty();
        assertThat(PeerSelection.pick(candidates, 0, number -> true, new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void everyCandidateIsPickedNowAndThen() {
        SplittableRandom random = new SplittableRandom(1);
        int[] hits = new int[5];

        for (int round = 0; round < 1000; round++) {
            PeerSelection.pick(List.of(0, 1, 2, 3, 4), 2, number -> true, random)
                    .forEach(number -> hits[number]++);
        }

        assertThat(Arrays.stream(hits)).allMatch(count -> count > 300 && count < 500);
    }
}
