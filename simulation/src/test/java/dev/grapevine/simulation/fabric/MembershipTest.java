package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private final Membership membership = new Membership(3);
    private final List<Integer> buried = new ArrayList<>();

    MembershipTest() {
        membership.watch(new FabricObserver() {
            @Override
            public void buried(int by, int whom) {
                buried.add(whom);
            }
        });
    }

    private boolean believesAlive(int peer, int other) {
        return membership.alive().has(peer, other);
    }

    @Test
    void believesAliveWhomItHasHeardOf() {
        membership.learn(0, 1, 100, 120);

        assertThat(believesAlive(0, 1)).isTrue();
        assertThat(membership.made(0, 1)).isEqualTo(100);
        assertThat(membership.known(0)).isEqualTo(1);
        assertThat(membership.knows(1, 0)).isFalse();
    }

    @Test
    void takesForDeadWhoIsSilentForMoreThan25Seconds() {
        membership.learn(0, 1, 100, 1_000);

        membership.expire(0, 26_000);
        assertThat(buried).isEmpty();

        membership.expire(0, 26_001);
        assertThat(buried).containsExactly(1);
        assertThat(membership.isDead(0, 1)).isTrue();
    }

    @Test
    void oldNewsDoNotKeepAliveNorRaiseTheDead() {
        membership.learn(0, 1, 100, 1_000);
        membership.learn(0, 1, 100, 20_000);
        membership.expire(0, 27_000);
        membership.learn(0, 1, 100, 27_500);

        assertThat(membership.isDead(0, 1)).isTrue();
    }

    @Test
    void aNewerMessageRaisesTheDead() {
        membership.learn(0, 1, 100, 1_000);
        membership.bury(0, 1);
        membership.learn(0, 1, 101, 2_000);

        assertThat(believesAlive(0, 1)).isTrue();
    }

    @Test
    void learnsOfTheDeadOnlyIfTheyAreUnknown() {
        membership.learnDead(0, 1, 100);
        membership.learn(0, 2, 100, 100);
        membership.learnDead(0, 2, 200);

        assertThat(membership.isDead(0, 1)).isTrue();
        assertThat(believesAlive(0, 2)).isTrue();
        assertThat(membership.made(0, 2)).isEqualTo(100);
    }

    @Test
    void neverKnowsItselfAndForgetsInACrash() {
        membership.learn(0, 0, 100, 100);
        assertThat(membership.knows(0, 0)).isFalse();

        membership.learn(0, 1, 100, 100);
        membership.forget(0);
        assertThat(membership.known(0)).isZero();
        assertThat(membership.alive().count(0)).isZero();
    }
}
