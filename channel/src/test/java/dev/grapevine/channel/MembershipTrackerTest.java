package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MembershipTrackerTest {
    private final RecordingMeters meters = new RecordingMeters();
    private final MembershipTracker tracker = new MembershipTracker(new ChannelId("lab"), meters);

    private static PkiId id(String name) {
        return new PkiId(ByteString.copyFromUtf8(name));
    }

    private static List<NetworkMember> view(String... names) {
        return Stream.of(names)
                .map(name -> new NetworkMember(id(name), name, "", ByteString.EMPTY, 0))
                .toList();
    }

    @Test
    void tellsWhoCameAndWhoLeft() {
        assertThat(tracker.look(view()).online()).isEmpty();
        assertThat(tracker.look(view("a", "b")).online()).containsExactly(id("a"), id("b"));

        MembershipTracker.Change change = tracker.look(view("b", "c"));

        assertThat(change.online()).containsExactly(id("c"));
        assertThat(change.offline()).containsExactly(id("a"));
        assertThat(meters.gaugeOf("gossip_membership_total_peers_known", "lab")).isEqualTo(2);
        assertThat(tracker.look(view("b", "c")).offline()).isEmpty();
        assertThat(tracker.look(view()).offline()).containsExactly(id("b"), id("c"));
        assertThat(meters.gaugeOf("gossip_membership_total_peers_known", "lab")).isZero();
    }
}
