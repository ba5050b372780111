package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Whatever the network did before: once it is quiet, exactly one peer leads, and it goes on leading. */
class ElectionProperties {
    @Property(tries = 200)
    void afterLossPartitionsAndYieldsExactlyOneLeads(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @DoubleRange(max = 0.9) double loss) {
        Organisation organisation = new Organisation(seed, size);
        organisation.lose(loss);
        organisation.startAll();
        disturb(organisation, organisation.time.newRandom());

        organisation.heal();
        organisation.runFor(120);

        assertThat(organisation.leaders()).hasSize(1);
        int leader = organisation.leaders().get(0);
        organisation.runFor(60);
        assertThat(organisation.leaders()).containsExactly(leader);
    }

    private static void disturb(Organisation organisation, RandomGenerator random) {
        for (int round = 0; round < 6; round++) {
            int groups = random.nextInt(1, 4);
            organisation.part((one, other) -> one.number % groups == other.number % groups);
            organisation
                    .peers
                    .get(random.nextInt(organisation.peers.size()))
                    .election
                    .yieldLeadership();
            organisation.runFor(random.nextInt(1, 40));
        }
    }
}
