package dev.grapevine.node.orderer.development;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchCutterTest {
    private static final BatchLimits LIMITS = new BatchLimits(3, 10_000, 100, Duration.ofSeconds(2));

    private final BatchCutter cutter = new BatchCutter();

    @Test
    void cutsAtTheMaximalCount() {
        assertThat(add(1)).isEmpty();
        assertThat(add(1)).isEmpty();
        assertThat(sizes(add(1))).containsExactly(List.of(1L, 1L, 1L));
        assertThat(cutter.isEmpty()).isTrue();
    }

    @Test
    void cutsBeforeATransactionThatWouldExceedThePreferredSize() {
        assertThat(add(60)).isEmpty();
        assertThat(sizes(add(60))).containsExactly(List.of(60L));
        assertThat(sizes(List.of(cutter.cut()))).containsExactly(List.of(60L));
    }

    @Test
    void aTransactionLargerThanThePreferredSizeIsAloneInItsBlock() {
        add(1);

        assertThat(sizes(add(101))).containsExactly(List.of(1L), List.of(101L));
        assertThat(cutter.isEmpty()).isTrue();
    }

    @Property
    void keepsEveryTransactionOnceInOrderAndEveryBatchWithinLimits(
            @ForAll List<@IntRange(min = 1, max = 150) Integer> sizes) {
        BatchCutter fresh = new BatchCutter();
        List<List<Pending>> batches = new ArrayList<>();
        sizes.forEach(size -> batches.addAll(fresh.add(pending(size), LIMITS)));
        if (!fresh.isEmpty()) {
            batches.add(fresh.cut());
        }

        assertThat(batches.stream().flatMap(List::stream).map(one -> (int) one.size()))
                .containsExactlyElementsOf(sizes);
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch).hasSizeBetween(1, 3);
            assertThat(batch.size() == 1
                            || batch.stream().mapToLong(Pending::size).sum() <= 100)
                    .isTrue();
        });
    }

    private List<List<Pending>> add(int size) {
        return cutter.add(pending(size), LIMITS);
    }

    private static Pending pending(int size) {
        return new Pending(ByteString.EMPTY, size, answer -> {});
    }

    private static List<List<Long>> sizes(List<List<Pending>> batches) {
        return batches.stream()
                .map(batch -> batch.stream().map(Pending::size).toList())
                .toList();
    }
}
