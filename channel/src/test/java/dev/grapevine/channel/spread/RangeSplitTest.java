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
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Dividing the ring: nobody falls between two chunks, and nobody is in two. */
class RangeSplitTest {
    private static NetworkMember member(long place) {
        PkiId peer =
                new PkiId(ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, place)));
        return new NetworkMember(peer, "", "", ByteString.EMPTY, 1);
    }

    private static Set<Long> union(Set<Long> some, Set<Long> others) {
        Set<Long> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static PeerRing ring(Set<Long> places) {
        return new PeerRing(places.stream().map(RangeSplitTest::member).toList());
    }

    @Property
    void chunksCoverExactlyTheIntervalAndFollowEachOther(
            @ForAll @Size(min = 1, max = 60) Set<Long> places,
            @ForAll @IntRange(min = 1, max = 10) int parts,
            @ForAll long place) {
        RingInterval interval = RingInterval.allBut(place);
        List<Placed> members = ring(places).within(interval);
        Assume.that(!members.isEmpty());
        List<Chunk> chunks = RangeSplit.split(interval, members, parts, all -> 0);

        assertThat(chunks).hasSize(Math.min(parts, members.size()));
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
            @ForAll @Size(min = 1, max = 60) Set<Long> places,
            @ForAll @IntRange(min = 1, max = 10) int parts,
            @ForAll long place) {
        List<Placed> members = ring(places).within(RingInterval.allBut(place));
        Assume.that(!members.isEmpty());
        List<Chunk> chunks = RangeSplit.split(RingInterval.allBut(place), members, parts, all -> 0);

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
            @ForAll @Size(min = 1, max = 60) Set<Long> places, @ForAll @IntRange(min = 1, max = 10) int parts) {
        PeerRing ring = ring(places);
        List<Placed> members = ring.within(RingInterval.allFrom(1));
        Map<PkiId, Integer> reached = new TreeMap<>();

        descend(RingInterval.allFrom(1), ring, parts, reached);

        assertThat(reached).hasSize(members.size());
        assertThat(reached.values()).allMatch(times -> times == 1);
    }

    @Property
    void whoeverIsLinkedTheChunksCoverTheIntervalAndEachHasOneAtItsHeadIfThereAreEnough(
            @ForAll @Size(min = 1, max = 60) Set<Long> places,
            @ForAll @Size(max = 60) Set<Long> linked,
            @ForAll @IntRange(min = 1, max = 10) int parts,
            @ForAll long place) {
        RingInterval interval = RingInterval.allBut(place);
        List<Placed> members = ring(union(places, linked)).within(interval);
        Assume.that(!members.isEmpty());
        List<Chunk> chunks = RangeSplit.split(
                interval, members, parts, member -> linked.contains(PeerRing.place(member.pkiId())) ? 0 : 1);

        long near = members.stream()
                .filter(each -> linked.contains(each.position()))
                .count();
        assertThat(chunks).hasSize(Math.min(parts, members.size()));
        assertThat(chunks.stream().flatMap(chunk -> chunk.members().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        members.stream().map(Placed::member).toList());
        assertThat(chunks.stream().mapToLong(chunk -> chunk.interval().length()).sum())
                .isEqualTo(interval.length());
        assertThat(chunks)
                .filteredOn(chunk ->
                        linked.contains(PeerRing.place(chunk.members().get(0).pkiId())))
                .hasSizeGreaterThanOrEqualTo((int) Math.min(near, chunks.size()));
    }

    /** Whoever gets an interval knows nothing of those above; its own place divides what it gets. */
    private static void descend(RingInterval interval, PeerRing all, int parts, Map<PkiId, Integer> reached) {
        for (Chunk chunk : RangeSplit.split(interval, all.within(interval), parts, any -> 0)) {
            PkiId head = chunk.members().get(0).pkiId();
            reached.merge(head, 1, Integer::sum);
            long place = PeerRing.place(head);
            descend(chunk.interval().before(place), all, parts, reached);
            descend(chunk.interval().behind(place), all, parts, reached);
        }
    }
}
