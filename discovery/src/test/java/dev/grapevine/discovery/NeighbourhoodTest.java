package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer among many of another organisation, with a friend of its own far away on the ring of probes. */
class NeighbourhoodTest {
    private final TestNetwork network = new TestNetwork(12);
    private TestPeer gate;
    private TestPeer friend;
    private TestPeer other;

    @BeforeEach
    void acquaint() {
        gate = network.open(TestNetwork.ORG1, "gate");
        friend = network.open(TestNetwork.ORG1, "peer1", "gate:7051");
        other = network.open(TestNetwork.ORG2, "other0");
        for (int number = 1; number < 40; number++) {
            network.open(TestNetwork.ORG2, "other" + number, "other0:7051");
        }
        network.run(Duration.ofSeconds(5));
        gate.discovery.connectToAnchors(
                TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG2, "other0-gate", 443)));
        network.run(Duration.ofSeconds(30));
        assertThat(gate.discovery.alive()).hasSize(41);
        assertThat(gate.discovery.neighbours()).isNotEmpty().doesNotContain(friend.pkiId());
    }

    private static Neighbourhood of(TestPeer peer) {
        return new Neighbourhood(
                peer.discovery,
                peer.comm,
                another -> peer.identities
                        .organisationOf(another)
                        .filter(peer.organisation::equals)
                        .isPresent(),
                peer.loop);
    }

    private static List<NetworkMember> partners(TestPeer asking, Predicate<NetworkMember> eligible) {
        Neighbourhood neighbourhood = of(asking);
        return Stream.generate(() -> neighbourhood.partner(eligible))
                .limit(200)
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isFriend(NetworkMember member) {
        return member.pkiId().equals(friend.pkiId());
    }

    private static Predicate<NetworkMember> neighboursOf(TestPeer peer) {
        return member -> peer.discovery.neighbours().contains(member.pkiId());
    }

    @Test
    void everyOtherPartnerIsOfOurOrganisationIfNoNeighbourIs() {
        List<NetworkMember> partners = partners(gate, any -> true);

        assertThat(partners).hasSize(200).allMatch(neighboursOf(gate).or(this::isFriend));
        assertThat(partners.stream().filter(this::isFriend).count()).isBetween(70L, 130L);
    }

    @Test
    void partnersAreNeighboursIfSomeOfTheseAreOfOurOrganisation() {
        assertThat(partners(other, any -> true)).hasSize(200).allMatch(neighboursOf(other));
    }

    @Test
    void partnersAreNeighboursIfNobodyElseIsLetThrough() {
        assertThat(partners(gate, peer -> !isFriend(peer))).hasSize(200).allMatch(neighboursOf(gate));
    }

    @Test
    void partnersAreOfOursIfNoNeighbourIsLetThrough() {
        assertThat(partners(gate, this::isFriend)).hasSize(200).allMatch(this::isFriend);
    }

    @Test
    void thereIsNoPartnerIfNobodyIsLetThrough() {
        assertThat(partners(gate, nobody -> false)).isEmpty();
    }

    @Test
    void neighboursWithALinkComeAlone() {
        List<NetworkMember> linked = of(gate).of(any -> true);
        gate.comm.close(linked.get(0).pkiId(), "a test");
        assertThat(of(gate).of(any -> true)).isNotEmpty().doesNotContain(linked.get(0));

        linked.forEach(peer -> gate.comm.close(peer.pkiId(), "a test"));
        assertThat(of(gate).of(any -> true)).containsAll(linked);
    }
}
