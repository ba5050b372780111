package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private AtomicInteger owed = new AtomicInteger();
    private ReadAhead ahead = new ReadAhead(owed::incrementAndGet);

    private void arrive(int size) {
        owed.decrementAndGet();
        ahead.arrived(size);
        ahead.add(ByteString.copyFrom(new byte[size]));
    }

    @Test
    void nothingComesUnaskedFromAStranger() {
        ahead.request(1);
        arrive(100);
        assertThat(owed).hasValue(0);
        assertThat(ahead.poll()).isNotNull();
        assertThat(ahead.poll()).isNull();
    }

    @Test
    void aSmallFrameIsFollowedByTheNextWithoutTheLoop() {
        ahead.allow();
        ahead.request(1);
        arrive(100);
        assertThat(owed).hasValue(1);
    }

    @Test
    void whatIsNotTakenHoldsTheRestBack() {
        ahead.allow();
        ahead.request(1);
        arrive(ReadAhead.BYTES);
        assertThat(owed).hasValue(0);
        ahead.poll();
        assertThat(owed).as("until the loop wants more").hasValue(0);
        ahead.request(1);
        assertThat(owed).hasValue(1);
    }

    @Test
    void whatCameAheadIsThereAtTheEnd() {
        ahead.allow();
        ahead.request(1);
        arrive(10);
        arrive(20);
        ahead.poll();
        assertThat(ahead.poll()).isNull();
        assertThat(ahead.take()).hasSize(20);
    }

    /** Steps are frames of that size that arrive if one is owed, or, at 0, a request that takes what there is. */
    @Property
    void neverStopsNorHoldsMoreThanItMay(
            @ForAll @Size(max = 200) List<@IntRange(max = 2 * ReadAhead.BYTES) Integer> steps) {
        owed = new AtomicInteger();
        ahead = new ReadAhead(owed::incrementAndGet);
        ahead.allow();
        ahead.request(1);
        int wanted = 1;
        List<Integer> sent = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (int step : steps) {
            if (step == 0) {
                ahead.request(1);
                wanted++;
            } else if (owed.get() == 1) {
                arrive(step);
                sent.add(step);
            }
            for (ByteString frame = ahead.poll(); frame != null; frame = ahead.poll()) {
                taken.add(frame.size());
                wanted--;
            }
            int held = sent.subList(taken.size(), sent.size()).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat(owed.get()).isBetween(wanted > 0 ? 1 : 0, 1);
            assertThat(owed.get() == 0 || held < ReadAhead.BYTES).isTrue();
        }
        assertThat(taken).isEqualTo(sent.subList(0, taken.size()));
    }
}
