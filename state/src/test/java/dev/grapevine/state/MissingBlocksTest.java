package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MissingBlocksTest {
    @Property
    void runsCoverExactlyWhatIsNotHere(
            @ForAll @IntRange(min = 0, max = 1000) int first,
            @ForAll @IntRange(min = 0, max = 100) int length,
            @ForAll Set<@IntRange(max = 1200) Integer> here,
            @ForAll @IntRange(max = 1200) int from,
            @ForAll @IntRange(max = 50) int more) {
        MissingBlocks missing = new MissingBlocks(first, length);
        here.forEach(missing::without);
        missing.without(new BlockRange(from, from + more));

        Set<Long> expected = new TreeSet<>();
        for (long number = first; number < first + length; number++) {
            if (!here.contains((int) number) && (number < from || number > from + more)) {
                expected.add(number);
            }
        }
        Set<Long> covered = new TreeSet<>();
        for (Optional<BlockRange> run = missing.firstRun(); run.isPresent(); run = missing.firstRun()) {
            for (long number = run.get().first(); number <= run.get().last(); number++) {
                assertThat(covered.add(number)).isTrue();
            }
            missing.without(run.get());
        }

        assertThat(covered).isEqualTo(expected);
    }

    @Property
    void aRangeWithoutEndTakesAllThatFollows(@ForAll @IntRange(min = 1, max = 100) int length) {
        MissingBlocks missing = new MissingBlocks(5, length);

        missing.without(new BlockRange(6, -1));

        assertThat(missing.firstRun()).contains(new BlockRange(5, 5));
    }
}
