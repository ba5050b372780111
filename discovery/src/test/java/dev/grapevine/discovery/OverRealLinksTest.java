package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.GossipComm;
import dev.grapevine.comm.memory.MemoryNetwork;
import dev.grapevine.comm.memory.NetworkModel;
import dev.grapevine.comm.memory.Place;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Discovery over the production links and their handshakes, in virtual time. */
class OverRealLinksTest {
    private final VirtualTime time = new VirtualTime(1);
    private final CuttableModel model = new CuttableModel();
    private final MemoryNetwork network = new MemoryNetwork(model);

    /** A network that a test can cut in two. */
    private static final class CuttableModel implements NetworkModel {
        private BiPredicate<String, String> cut = (from, to) -> false;

        @Override
        public Duration latency(Place from, Place to, int bytes) {
            return Duration.ofMillis(2);
        }

        @Override
        public boolean isReachable(Place from, Place to) {
            return !cut.test(from.address(), to.address());
        }
    }

    private final class Node {
        private final SigningIdentity identity;
        private final VirtualTime.Node loop = time.newNode();
        private final Discovery discovery;

        Node(String name) {
            CountingMeters meters = new CountingMeters();
            ModelledCrypto crypto = new ModelledCrypto(TestNetwork.ORG1);
            identity = ModelledCrypto.identity(TestNetwork.ORG1, name);
            IdentityStore identities = new IdentityStore(crypto, identity, 1000, loop.wallTime());
            RejectionLog rejections = new RejectionLog(loop, meters);
            String endpoint = name + ":7051";
            GossipComm comm = new GossipComm(
                    CommConfig.defaults(),
                    network.newTransport(endpoint, loop),
                    identity,
                    identities,
                    loop,
                    loop,
                    rejections,
                    meters);
            discovery = new Discovery(
                    DiscoveryConfig.defaults(endpoint).withBootstrap("n0:7051"),
                    new DiscoveryPorts(
                            loop,
                            loop,
                            comm,
                            identity,
                            crypto,
                            identities,
                            (message, from) -> push(comm, message),
                            IncarnationStore.inMemory(),
                            MembershipSnapshotStore.NONE,
                            rejections,
                            new InnerMessages(100),
                            meters));
            comm.onMessage(discovery::handle);
            loop.execute(comm::start);
            loop.execute(discovery::start);
        }

        private void push(GossipComm comm, SignedGossipMessage message) {
            RandomChoice.of(discovery.alive(), 3, loop.random())
                    .forEach(member -> comm.send(message, member.remotePeer()));
        }

        boolean seesAll(List<Node> nodes) {
            return discovery.alive().size() == nodes.size() - 1
                    && nodes.stream().allMatch(node -> discovery.isAlive(node.identity.pkiId()));
        }
    }

    private boolean settles(List<Node> nodes, Duration limit) {
        return time.runUntil(() -> nodes.stream().allMatch(node -> node.seesAll(nodes)), limit);
    }

    @Test
    void peersFindEachOtherOverTheirLinksAndAgainAfterAPartition() {
        List<Node> nodes =
                IntStream.range(0, 12).mapToObj(i -> new Node("n" + i)).toList();

        assertThat(settles(nodes, Duration.ofSeconds(20))).isTrue();

        BiPredicate<String, String> across = (from, to) -> isLow(from) != isLow(to);
        model.cut = across;
        network.breakStreams(across);
        time.runFor(Duration.ofMinutes(2));
        assertThat(nodes).allMatch(node -> node.discovery.alive().size() == 5);

        model.cut = (from, to) -> false;
        assertThat(settles(nodes, Duration.ofSeconds(60))).isTrue();
    }

    private static boolean isLow(String address) {
        return Integer.parseInt(address.substring(1, address.indexOf(':'))) < 6;
    }

    @Test
    void peersKeepSeeingEachOtherWhileTheirLinksBreakAgainAndAgain() {
        List<Node> nodes =
                IntStream.range(0, 6).mapToObj(i -> new Node("n" + i)).toList();
        assertThat(settles(nodes, Duration.ofSeconds(20))).isTrue();

        for (int i = 0; i < 10; i++) {
            network.breakStreams((from, to) -> true);
            time.runFor(Duration.ofSeconds(7));
        }

        assertThat(settles(nodes, Duration.ofSeconds(15))).isTrue();
    }
}
