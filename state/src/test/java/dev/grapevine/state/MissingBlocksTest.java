package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MissingBlocksTest {
    @Property
    void rangesCoverExactlyWhatIsNotHere(
            @ForAll long first,
            @ForAll @IntRange(min = 0, max = 100) int length,
            @ForAll @IntRange(min = 1, max = 11) int longest,
            @ForAll Set<@IntRange(max = 99) Integer> here) {
        MissingBlocks missing =
                new MissingBlocks(first, length).without(number -> here.contains((int) (number - first)));

        Set<Long> expected = new TreeSet<>();
        for (int offset = 0; offset < length; offset++) {
            if (!here.contains(offset)) {
                expected.add(first + offset);
            }
        }
        Set<Long> covered = new TreeSet<>();
        if (Long.compareUnsigned(first, first + length) <= 0) {
            for (BlockRange range : missing.ranges(longest)) {
                assertThat(range.length()).isBetween(1, longest);
                for (int offset = 0; offset < range.length(); offset++) {
                    assertThat(covered.add(range.first() + offset)).isTrue();
                }
            }
            assertThat(covered).isEqualTo(expected);
        }
    }
}
