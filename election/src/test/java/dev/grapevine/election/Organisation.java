package dev.grapevine.election;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** The peers of one organisation in one channel, over a network that delays, loses and parts. Peer 0 has the smallest PKI-ID. */
final class Organisation {
    static final ChannelId CHANNEL = new ChannelId("mychannel");

    final VirtualTime time;
    final List<Peer> peers = new ArrayList<>();
    private final RandomGenerator faults;
    private final ElectionConfig config;
    private BiPredicate<Peer, Peer> connected = (one, other) -> true;
    private double loss;
    private boolean noticing;

    Organisation(long seed, int size) {
        this(seed, size, ElectionConfig.defaults().electing());
    }

    Organisation(long seed, int size, ElectionConfig config) {
        this.time = new VirtualTime(seed);
        this.faults = time.newRandom();
        this.config = config;
        for (int i = 0; i < size; i++) {
            peers.add(new Peer(i, Meters.NONE));
        }
    }

    final class Peer implements ElectionView {
        final int number;
        final VirtualTime.Node node = time.newNode();
        final List<Boolean> changes = new ArrayList<>();
        final List<GossipMessage> sent = new ArrayList<>();
        final Election election;
        private boolean alive;

        Peer(int number, Meters meters) {
            this.number = number;
            this.election = Election.of(config, CHANNEL, id(), node.wallNanos(), this, changes::add, node, meters);
        }

        PkiId id() {
            return new PkiId(ByteString.copyFrom(new byte[] {(byte) (number + 100), 7}));
        }

        void start() {
            alive = true;
            election.start();
        }

        void stop() {
            alive = false;
            election.stop();
        }

        @Override
        public List<PkiId> peers() {
            return reachable().map(Peer::id).toList();
        }

        @Override
        public boolean noticesFailures() {
            return noticing;
        }

        @Override
        public void gossip(GossipMessage message) {
            sent.add(message);
            reachable().filter(to -> faults.nextDouble() >= loss).forEach(to -> {
                Duration delay = Duration.ofMillis(faults.nextInt(1, 50));
                to.node.schedule(delay, () -> to.election.receive(message.getLeadershipMsg()));
            });
        }

        private Stream<Peer> reachable() {
            return peers.stream().filter(peer -> peer != this && peer.alive && connected.test(this, peer));
        }
    }

    void startAll() {
        peers.forEach(Peer::start);
    }

    /** From now on every peer is told of failures. */
    void noticeFailures() {
        noticing = true;
    }

    /** Ends a peer; the others are told of it one after the other, up to half a second later. */
    void fail(Peer failed) {
        failed.stop();
        peers.stream()
                .filter(peer -> peer.alive)
                .forEach(peer -> peer.node.schedule(
                        Duration.ofMillis(faults.nextInt(400)), () -> peer.election.lost(failed.id())));
    }

    void lose(double share) {
        loss = share;
    }

    void part(BiPredicate<Peer, Peer> whoReachesWhom) {
        connected = whoReachesWhom;
    }

    void heal() {
        connected = (one, other) -> true;
        loss = 0;
    }

    void runFor(int seconds) {
        time.runFor(Duration.ofSeconds(seconds));
    }

    /** Whom the peers take for the leader, where they know one. */
    List<PkiId> knownLeaders() {
        return peers.stream().flatMap(peer -> peer.election.leader().stream()).toList();
    }

    /** The numbers of the peers that lead. */
    List<Integer> leaders() {
        return peers.stream()
                .filter(peer -> peer.election.isLeader())
                .map(peer -> peer.number)
                .toList();
    }
}
