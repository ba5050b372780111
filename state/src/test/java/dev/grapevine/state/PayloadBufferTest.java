package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PayloadBufferTest {
    private static final Chain CHAIN = Chain.of(60);
    private static final Chain LARGE = Chain.ofBlocksOf(1000, 10);

    private int evictions;

    private PayloadBuffer buffer(long next, int capacity, long maxBytes) {
        return new PayloadBuffer(next, capacity, maxBytes, () -> evictions++);
    }

    @Test
    void beginsWithTheBlockTheLedgerNeeds() {
        PayloadBuffer buffer = buffer(10, 20, 1 << 20);

        assertThat(buffer.next()).isEqualTo(10);
        assertThat(buffer.peek()).isNull();
    }

    @Test
    void isReadyOnlyWhenTheNextBlockIsThere() {
        PayloadBuffer buffer = buffer(5, 20, 1 << 20);

        buffer.push(CHAIN.block(6));
        assertThat(buffer.peek()).isNull();

        buffer.push(CHAIN.block(5));
        assertThat(buffer.peek()).isNotNull();

        buffer.pop();
        buffer.pop();
        assertThat(buffer.peek()).isNull();
        assertThat(buffer.next()).isEqualTo(7);
    }

    @Test
    void refusesOldDuplicateAndFarBlocks() {
        PayloadBuffer buffer = buffer(5, 20, 1 << 20);
        buffer.push(CHAIN.block(6));

        assertThat(buffer.push(CHAIN.block(4))).isEqualTo(PayloadBuffer.Push.OLD);
        assertThat(buffer.push(CHAIN.block(6))).isEqualTo(PayloadBuffer.Push.DUPLICATE);
        assertThat(buffer.push(CHAIN.block(24))).isEqualTo(PayloadBuffer.Push.ADDED);
        assertThat(buffer.push(CHAIN.block(25))).isEqualTo(PayloadBuffer.Push.TOO_FAR_AHEAD);
    }

    @Test
    void countsBeyondTheSignedRange() {
        long first = Long.MAX_VALUE;
        PayloadBuffer buffer = buffer(first, 20, 1 << 20);

        assertThat(buffer.push(far(first + 1))).isEqualTo(PayloadBuffer.Push.ADDED);
        assertThat(buffer.push(far(first))).isEqualTo(PayloadBuffer.Push.ADDED);
        buffer.pop();

        assertThat(buffer.peek()).isNotNull();
        assertThat(buffer.judge(3)).isEqualTo(PayloadBuffer.Push.OLD);
    }

    private static VerifiedBlock far(long number) {
        return Chain.verified(
                Chain.trust(),
                number,
                ModelledCrypto.block(Chain.CHANNEL, number, CHAIN.bytes(0), List.of(CHAIN.bytes(0))));
    }

    @Test
    void givesUpFarBlocksForNearOnesWhenBytesAreShort() {
        PayloadBuffer buffer = buffer(1, 20, 2500);
        buffer.push(LARGE.block(5));
        buffer.push(LARGE.block(6));

        assertThat(buffer.push(LARGE.block(7))).isEqualTo(PayloadBuffer.Push.FULL);
        assertThat(buffer.push(LARGE.block(2))).isEqualTo(PayloadBuffer.Push.ADDED);

        assertThat(buffer.holds(6)).isFalse();
        assertThat(evictions).isEqualTo(1);
        assertThat(buffer.bytes()).isLessThanOrEqualTo(2500);
    }

    @Test
    void alwaysTakesTheNextBlockHoweverLarge() {
        PayloadBuffer buffer = buffer(1, 20, 10);

        assertThat(buffer.push(LARGE.block(1))).isEqualTo(PayloadBuffer.Push.ADDED);
        assertThat(buffer.push(LARGE.block(2))).isEqualTo(PayloadBuffer.Push.FULL);
    }

    /** Against a model: the set of the numbers held. Negative steps pop. */
    @Property
    void behavesLikeASetOfNumbers(@ForAll @Size(max = 200) List<@IntRange(min = -10, max = 59) Integer> steps) {
        PayloadBuffer buffer = buffer(1, 20, 1 << 20);
        TreeSet<Long> model = new TreeSet<>();
        List<Long> popped = new ArrayList<>();
        long next = 1;
        for (int step : steps) {
            if (step >= 0) {
                boolean fits = step >= next && step < next + 20 && model.add((long) step);
                assertThat(buffer.push(CHAIN.block(step)) == PayloadBuffer.Push.ADDED)
                        .isEqualTo(fits);
            } else if (buffer.peek() != null) {
                popped.add(buffer.next());
                assertThat(model.remove(next)).isTrue();
                buffer.pop();
                next++;
            } else {
                assertThat(model).doesNotContain(next);
            }
            assertThat(buffer.size()).isEqualTo(model.size());
            assertThat(buffer.next()).isEqualTo(next);
            assertThat(buffer.end()).isEqualTo(model.isEmpty() ? next : model.last() + 1);
        }
        assertThat(popped).isSorted().doesNotHaveDuplicates();
    }
}
