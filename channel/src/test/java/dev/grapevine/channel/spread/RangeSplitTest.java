package dev.grapevine.channel.spread;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.spread.RangeSplit.Chunk;
import dev.grapevine.channel.spread.RangeSplit.Placed;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Dividing the ring: nobody falls between two chunks, and nobody is in two. */
class RangeSplitTest {
    private static final BlockRing RING = new BlockRing(new BlockName(7, ByteString.copyFromUtf8("some header hash")));

    private static Placed placed(long seed) {
        PkiId peer =
                new PkiId(ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, seed)));
        return new Placed(new NetworkMember(peer, "", "", ByteString.EMPTY, 1), RING.position(peer));
    }

    private static List<Placed> placed(Set<Long> seeds) {
        return seeds.stream().map(RangeSplitTest::placed).toList();
    }

    @Property
    void chunksCoverExactlyTheIntervalAndFollowEachOther(
            @ForAll @Size(min = 1, max = 60) Set<Long> seeds,
            @ForAll @IntRange(min = 1, max = 10) int parts,
            @ForAll long place) {
        RingInterval interval = RingInterval.allBut(place);
        List<Chunk> chunks = RangeSplit.split(interval, placed(seeds), parts);

        assertThat(chunks).hasSize(Math.min(parts, seeds.size()));
        long next = interval.first();
        long covered = 0;
        for (Chunk chunk : chunks) {
            assertThat(chunk.interval().first()).isEqualTo(next);
            next += chunk.interval().length();
            covered += chunk.interval().length();
        }
        assertThat(covered).isEqualTo(interval.length());
    }

    @Property
    void everyPeerIsInTheIntervalOfItsChunkAndOfNoOther(
            @ForAll @Size(min = 1, max = 60) Set<Long> seeds,
            @ForAll @IntRange(min = 1, max = 10) int parts,
            @ForAll long place) {
        List<Placed> members = placed(seeds);
        List<Chunk> chunks = RangeSplit.split(RingInterval.allBut(place), members, parts);

        for (Placed member : members) {
            assertThat(chunks)
                    .filteredOn(chunk -> chunk.interval().contains(member.position()))
                    .singleElement()
                    .satisfies(chunk -> assertThat(chunk.members()).contains(member.member()));
        }
        int smallest =
                chunks.stream().mapToInt(chunk -> chunk.members().size()).min().orElseThrow();
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.members()).hasSizeBetween(smallest, smallest + 1));
    }

    @Property
    void whenAllSeeTheSameEachPeerIsReachedOnce(
            @ForAll @Size(min = 1, max = 60) Set<Long> seeds, @ForAll @IntRange(min = 1, max = 10) int parts) {
        List<Placed> members = placed(seeds);
        Map<PkiId, Integer> reached = new TreeMap<>();

        descend(RingInterval.allBut(0), members, parts, reached);

        assertThat(reached).hasSize(members.size());
        assertThat(reached.values()).containsOnly(1);
    }

    /** Whoever gets an interval knows nothing of those above; its own place divides what it gets. */
    private static void descend(RingInterval interval, List<Placed> all, int parts, Map<PkiId, Integer> reached) {
        List<Placed> inside =
                all.stream().filter(each -> interval.contains(each.position())).toList();
        for (Chunk chunk : RangeSplit.split(interval, inside, parts)) {
            PkiId head = chunk.members().get(0).pkiId();
            reached.merge(head, 1, Integer::sum);
            long place = RING.position(head);
            descend(chunk.interval().before(place), all, parts, reached);
            descend(chunk.interval().behind(place), all, parts, reached);
        }
    }
}
