package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

/** What real Fabric peers have sent passes our checks of form. */
class RecordedMessagesTest {
    private static final Path RECORDED =
            Path.of(System.getProperty("grapevine.fixtures", "absent")).resolve("messages");

    @Test
    void everyRecordedAliveMessageIsComplete() throws Exception {
        assertThat(recorded("AliveMsg"))
                .isNotEmpty()
                .allSatisfy(
                        message -> assertThat(Alive.read(message).isAccepted()).isTrue());
    }

    @Test
    void everyPeerInRecordedRequestsAndResponsesIsComplete() throws Exception {
        Stream<Envelope> requests = recorded("MemReq").stream()
                .map(each -> each.message().getMemReq().getSelfInformation());
        Stream<Envelope> responses = recorded("MemRes").stream()
                .map(each -> each.message().getMemRes())
                .flatMap(each -> Stream.concat(each.getAliveList().stream(), each.getDeadList().stream()));

        for (Envelope alive : Stream.concat(requests, responses).toList()) {
            assertThat(Alive.read(SignedGossipMessage.of(alive)).isAccepted()).isTrue();
        }
    }

    @Test
    void ourAliveMessagesHaveTheFormOfFabrics() {
        TestNetwork network = new TestNetwork(1);
        TestPeer peer = network.peer(
                        TestNetwork.ORG1,
                        "peer",
                        DiscoveryConfig.defaults("peer:7051").withExternalEndpoint("gate:443"))
                .start();

        SignedGossipMessage first = peer.discovery.selfAlive();
        network.run(DiscoveryConfig.defaults("peer:7051").publishCertPeriod());
        SignedGossipMessage later = peer.discovery.selfAlive();

        assertThat(first.message().getTag()).isEqualTo(GossipMessage.Tag.EMPTY);
        assertThat(first.message().getNonce()).isZero();
        assertThat(first.message().getChannel()).isEqualTo(ByteString.EMPTY);
        assertThat(first.internalEndpoint()).contains("peer:7051");
        assertThat(first.message().getAliveMsg().getMembership().getEndpoint()).isEqualTo("gate:443");
        assertThat(first.message().getAliveMsg().getIdentity()).isEqualTo(peer.identity.serialized());
        assertThat(first.message().getAliveMsg().getTimestamp().getSeqNum()).isEqualTo(1);
        assertThat(later.message().getAliveMsg().getTimestamp().getSeqNum()).isEqualTo(2);
    }

    @Test
    void aliveMessagesBearOurCertificateUntilAWhileAfterWeAreNotAloneAnyMore() {
        TestNetwork network = new TestNetwork(1);
        DiscoveryConfig config = DiscoveryConfig.defaults("peer:7051");
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", config).start();
        network.run(config.publishCertPeriod().multipliedBy(3));
        assertThat(ownIdentity(peer)).isEqualTo(peer.identity.serialized());

        network.peer(
                        TestNetwork.ORG1,
                        "other",
                        DiscoveryConfig.defaults("other:7051").withBootstrap("peer:7051"))
                .start();
        network.run(config.publishCertPeriod().dividedBy(2));
        assertThat(ownIdentity(peer)).isEqualTo(peer.identity.serialized());

        network.run(config.publishCertPeriod());
        assertThat(ownIdentity(peer)).isEqualTo(ByteString.EMPTY);
    }

    private static ByteString ownIdentity(TestPeer peer) {
        return peer.discovery.selfAlive().message().getAliveMsg().getIdentity();
    }

    private static List<SignedGossipMessage> recorded(String kind) throws Exception {
        assumeTrue(Files.isDirectory(RECORDED), "the recorded messages are not at hand: " + RECORDED);
        List<Path> files;
        try (Stream<Path> all = Files.list(RECORDED)) {
            files = all.filter(file -> file.getFileName().toString().contains("-" + kind + "-"))
                    .sorted()
                    .toList();
        }
        List<SignedGossipMessage> messages = new ArrayList<>();
        for (Path file : files) {
            messages.add(SignedGossipMessage.parse(ByteString.copyFrom(Files.readAllBytes(file))));
        }
        return messages;
    }
}
