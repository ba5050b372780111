package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static dev.grapevine.discovery.AliveMessages.request;
import static dev.grapevine.discovery.AliveMessages.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.hyperledger.fabric.protos.gossip.PeerTime;

/** Nothing that parses as a gossip message may throw, nor let in a peer that has not signed. */
class MalformedMembershipTest {
    private final TestNetwork network = new TestNetwork(1);
    private final TestPeer peer = network.peer(TestNetwork.ORG1, "peer").start();
    private final TestPeer sender = network.peer(TestNetwork.ORG1, "sender").start();
    private final TestPeer other = network.peer(TestNetwork.ORG1, "other");

    private void receive(SignedGossipMessage message) {
        network.run(Duration.ofMillis(1));
        peer.receive(message, sender);
        network.run(Duration.ofMillis(1));
    }

    @Property(tries = 500)
    void bytesChangedInTransitNeverThrowAndNeverChangeWhatWasSaid(
            @ForAll @IntRange(max = 2) int kind,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 100_000) Integer> places,
            @ForAll byte value) {
        SignedGossipMessage good = switch (kind) {
            case 0 -> alive(other, 100, 1).withSecret("other:7051", other.identity);
            case 1 -> request(5, alive(sender, 100, 1));
            default -> response(alive(other, 100, 1), alive(sender, 100, 1));
        };
        byte[] wire = good.wire().toByteArray();
        places.forEach(place -> wire[place % wire.length] = value);

        try {
            receive(SignedGossipMessage.parse(ByteString.copyFrom(wire)));
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageContaining("not a gossip");
        }

        assertThat(peer.discovery.alive())
                .allMatch(member ->
                        member.pkiId().equals(other.pkiId()) || member.pkiId().equals(sender.pkiId()));
    }

    @Property(tries = 300)
    void messagesWithAnyPartsMissingOrOddNeverThrow(
            @ForAll boolean membership,
            @ForAll boolean timestamp,
            @ForAll @Size(max = 40) byte[] pkiId,
            @ForAll String endpoint,
            @ForAll long incarnation,
            @ForAll @Size(max = 20) byte[] identity,
            @ForAll @IntRange(max = 6) int tag) {
        AliveMessage.Builder odd = AliveMessage.newBuilder().setIdentity(ByteString.copyFrom(identity));
        if (membership) {
            odd.setMembership(
                    Member.newBuilder().setPkiId(ByteString.copyFrom(pkiId)).setEndpoint(endpoint));
        }
        if (timestamp) {
            odd.setTimestamp(PeerTime.newBuilder().setIncNum(incarnation));
        }
        SignedGossipMessage message = SignedGossipMessage.signed(
                GossipMessage.newBuilder().setTagValue(tag).setAliveMsg(odd).build(), other.identity);

        receive(message);
        receive(request(1, message));
        receive(response(MembershipResponse.newBuilder()
                .addAlive(message.envelope())
                .addAlive(Envelope.getDefaultInstance())
                .addDead(message.envelope())));

        assertThat(peer.discovery.alive()).isEmpty();
        assertThat(peer.discovery.dead()).isEmpty();
    }

    @Property(tries = 200)
    void whateverTheOrderOfArrivalTheNewestMessageDecides(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> numbers) {
        long base = peer.loop.wallNanos();
        Timestamp newest = new Timestamp(0, 0);
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            Timestamp time = new Timestamp(base + numbers.get(i), numbers.get(i + 1));
            newest = time.isNewerThan(newest) ? time : newest;
            AliveMessage.Builder content = AliveMessages.content(
                            other.identity, time, "h" + numbers.get(i) + ":" + numbers.get(i + 1))
                    .setIdentity(other.identity.serialized());
            receive(AliveMessages.signed(content, other.identity));
        }

        if (numbers.size() > 1) {
            String expected = "h" + (newest.incarnation() - base) + ":" + newest.sequence();
            assertThat(peer.discovery.lookup(other.pkiId()))
                    .hasValueSatisfying(member -> assertThat(member.endpoint()).isEqualTo(expected));
        }
    }
}
