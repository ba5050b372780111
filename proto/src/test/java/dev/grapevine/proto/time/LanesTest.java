package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    private static final Duration LOOK_AHEAD = Duration.ofMillis(10);

    /** Nodes that pass on whatever they get, to one chosen at random, at times that are often the same. */
    private static final class Gossips {
        private final VirtualTime world;
        private final List<Gossip> nodes = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private boolean open = true;

        Gossips(int lanes) {
            world = VirtualTime.inLanes(7, LOOK_AHEAD, lanes);
            for (int number = 0; number < 20; number++) {
                nodes.add(new Gossip(number));
            }
        }

        /** What happened at each node, and what the world was told. */
        List<String> story() {
            List<String> story = new ArrayList<>(heard);
            nodes.forEach(node -> story.add(node.diary.toString()));
            story.add(world.processed() + " events, " + world.waiting() + " waiting at " + world.nanoTime());
            return story;
        }

        private final class Gossip {
            private final VirtualTime.Node node = world.newNode();
            private final List<String> diary = new ArrayList<>();
            private final int number;

            Gossip(int number) {
                this.number = number;
            }

            void hear(int rumour) {
                diary.add(rumour + " at " + node.nanoTime() / 1_000_000 + (open ? "" : ", closed"));
                if (rumour % 10 == 0) {
                    world.tell(() -> heard.add(number + " tells " + rumour + " at " + world.nanoTime()));
                }
                if (rumour % 37 == 0) {
                    world.change(() -> open = !open);
                }
                Gossip next = nodes.get(node.random().nextInt(nodes.size()));
                Duration pause = LOOK_AHEAD.plusMillis(node.random().nextInt(3));
                node.execute(() -> next.node.schedule(pause, () -> next.hear(rumour + 1)));
            }
        }
    }

    private static List<String> story(int lanes) {
        Gossips gossips = new Gossips(lanes);
        gossips.nodes.forEach(each -> each.node.execute(() -> each.hear(each.number)));
        VirtualTime.Node director = gossips.world.director();
        director.schedule(
                Duration.ofMillis(500), () -> gossips.nodes.get(3).node.stop());
        director.schedule(
                Duration.ofMillis(500), () -> gossips.nodes.get(4).node.setTaskDuration(LOOK_AHEAD));
        IntStream.range(0, 20).forEach(step -> gossips.world.runFor(Duration.ofMillis(50 + step)));
        return gossips.story();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void whatHappensDoesNotDependOnTheNumberOfLanes(int lanes) {
        assertThat(story(lanes)).isEqualTo(story(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingReachesAnotherNodeSoonerThanTheLookAhead(int lanes) {
        VirtualTime world = VirtualTime.inLanes(7, LOOK_AHEAD, lanes);
        VirtualTime.Node one = world.newNode();
        VirtualTime.Node other = world.newNode();
        one.execute(() -> other.schedule(Duration.ofMillis(9), () -> {}));

        assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in 9000000 ns")
                .hasMessageContaining("look-ahead of 10000000 ns");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theWorldActsWhenAllBeforeHasHappenedAndNothingAfter(int lanes) {
        VirtualTime world = VirtualTime.inLanes(7, LOOK_AHEAD, lanes);
        int[] ticks = new int[4];
        List<String> seen = new ArrayList<>();
        for (int number = 0; number < ticks.length; number++) {
            int own = number;
            world.newNode().every(Duration.ofMillis(1), () -> ticks[own]++);
        }
        world.director()
                .schedule(
                        Duration.ofMillis(5),
                        () -> seen.add(
                                List.of(ticks[0], ticks[1], ticks[2], ticks[3]).toString()));

        world.runFor(Duration.ofMillis(20));

        assertThat(seen).containsExactly("[4, 4, 4, 4]");
        assertThat(ticks).containsOnly(20);
    }

    @Test
    void whatGoesWrongInALaneEndsTheRunAndItsThreads() {
        VirtualTime world = VirtualTime.inLanes(7, LOOK_AHEAD, 2);
        world.newNode();
        VirtualTime.Node second = world.newNode();
        List<Thread> ran = new ArrayList<>();
        AssertionError wrong = new AssertionError("broken");
        second.execute(() -> {
            ran.add(Thread.currentThread());
            throw wrong;
        });

        assertThatThrownBy(() -> world.runFor(LOOK_AHEAD)).isSameAs(wrong);
        assertThat(ran).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(ran.get(0).isAlive()).isFalse();
    }

    @Test
    void aConditionIsLookedAtWhenAllLanesRest() {
        VirtualTime world = VirtualTime.inLanes(7, LOOK_AHEAD, 2);
        int[] ticks = new int[2];
        for (int number = 0; number < ticks.length; number++) {
            int own = number;
            world.newNode().every(Duration.ofMillis(30), () -> ticks[own]++);
        }

        assertThat(world.runUntil(() -> ticks[0] + ticks[1] == 4, Duration.ofSeconds(1)))
                .isTrue();
        assertThat(Duration.ofNanos(world.nanoTime())).isEqualTo(Duration.ofMillis(60));
        assertThat(world.runUntil(() -> ticks[0] > 1000, Duration.ofMillis(100)))
                .isFalse();
        assertThat(Duration.ofNanos(world.nanoTime())).isEqualTo(Duration.ofMillis(160));
    }
}
