package dev.grapevine.channel.spread;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.time.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;

/**
 * Many peers that do nothing but spread blocks of 100 KB, on links of 20 ms ± 10 ms and 100 Mbit/s that lose some of what is
 * sent. At first there are the links on which they would probe each other; what is sent where there is none waits for one.
 */
final class SpreadingPeers {
    private static final int SIZE = 100_000;
    private static final long WIRE = Duration.ofMillis(8).toNanos();
    private static final long LEAST_LATENCY = Duration.ofMillis(10).toNanos();
    private static final long JITTER = Duration.ofMillis(20).toNanos();
    private static final Duration VERIFICATION = Duration.ofNanos(100_000);
    private static final long CONNECTING = Duration.ofMillis(80).toNanos();
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final VirtualTime world;
    private final SplittableRandom random;
    private final double loss;
    private final List<NetworkMember> members = new ArrayList<>();
    private final Map<PkiId, Peer> peers = new HashMap<>();
    private final Peer leader;
    private long ordered;
    private long lacking;
    private long copies;

    SpreadingPeers(int count, double loss, long seed) {
        this.world = new VirtualTime(seed);
        this.random = new SplittableRandom(seed);
        this.loss = loss;
        for (int number = 0; number < count; number++) {
            String endpoint = "peer" + number;
            members.add(new NetworkMember(new PkiId(hash(-number - 1)), endpoint, endpoint, ByteString.EMPTY, 1));
        }
        members.forEach(member -> peers.put(member.pkiId(), new Peer(member)));
        this.leader = peers.get(members.get(0).pkiId());
        members.sort(Comparator.comparing(NetworkMember::pkiId));
        for (int place = 0; place < count; place++) {
            for (int steps = 1; steps < count; steps = steps < 3 ? steps + 1 : Integer.highestOneBit(steps) << 1) {
                beNeighbours(
                        members.get(place).pkiId(),
                        members.get((place + steps) % count).pkiId());
            }
        }
    }

    private void beNeighbours(PkiId one, PkiId other) {
        peers.get(one).neighbours.add(other);
        peers.get(other).neighbours.add(one);
        link(one, other);
    }

    private void link(PkiId one, PkiId other) {
        peers.get(one).links.putIfAbsent(other, 0L);
        peers.get(other).links.putIfAbsent(one, 0L);
    }

    /** Links one in so many with everybody, as those are that have once stood for leader. */
    void linkWithAll(int oneIn) {
        for (int place = 0; place < members.size(); place += oneIn) {
            PkiId hub = members.get(place).pkiId();
            peers.keySet().stream().filter(other -> !other.equals(hub)).forEach(other -> link(hub, other));
        }
    }

    private static ByteString hash(long number) {
        SplittableRandom bytes = new SplittableRandom(number);
        ByteBuffer buffer = ByteBuffer.allocate(4 * Long.BYTES);
        while (buffer.hasRemaining()) {
            buffer.putLong(bytes.nextLong());
        }
        return ByteString.copyFrom(buffer.flip());
    }

    /** Orders a block at the first peer; how long until the last has it, but never longer than a limit. */
    Duration order(Duration limit) {
        BlockName name = new BlockName(++ordered, hash(ordered));
        long began = world.nanoTime();
        lacking = peers.size();
        leader.loop.execute(() -> {
            leader.hold(name);
            leader.spread.ordered(name, SIZE);
        });
        world.runUntil(() -> lacking == 0, limit);
        long took = world.nanoTime() - began;
        world.runFor(PAUSE);
        return Duration.ofNanos(took);
    }

    /** As {@link #order}, this many times; ascending. */
    Duration[] order(int blocks, Duration limit) {
        Duration[] times = new Duration[blocks];
        for (int block = 0; block < blocks; block++) {
            times[block] = order(limit);
        }
        Arrays.sort(times);
        return times;
    }

    /** Copies of blocks that were sent, over those that are needed. */
    double amplification() {
        return copies / (double) (ordered * (peers.size() - 1));
    }

    /** Copies that whoever sent most has sent, over the mean. */
    double fairness() {
        long most = peers.values().stream().mapToLong(peer -> peer.sent).max().orElse(0);
        return most * (double) peers.size() / copies;
    }

    private final class Peer implements Audience {
        private final NetworkMember self;
        private final VirtualTime.Node loop = world.newNode();
        private final List<NetworkMember> others;
        private final Map<BlockName, SignedGossipMessage> held = new HashMap<>();
        /** By peer, since when there is a link. */
        private final Map<PkiId, Long> links = new HashMap<>();

        private final List<PkiId> neighbours = new ArrayList<>();
        private final BlockSpread spread;
        private long sending;
        private long sent;
        private long receiving;
        private long height = 1;

        Peer(NetworkMember self) {
            this.self = self;
            this.others =
                    members.stream().filter(member -> !member.equals(self)).toList();
            this.spread = new BlockSpread(loop, SpreadConfig.defaults(), 3, this, reason -> {});
        }

        private void hold(BlockName name) {
            Payload.Builder payload =
                    Payload.newBuilder().setSeqNum(name.number()).setData(name.headerHash());
            GossipMessage message = GossipMessage.newBuilder()
                    .setDataMsg(DataMessage.newBuilder().setPayload(payload))
                    .build();
            held.put(name, SignedGossipMessage.unsigned(message));
            height = Math.max(height, name.number() + 1);
            lacking--;
        }

        private void take(SignedGossipMessage message, PkiId from) {
            Payload payload = message.message().getDataMsg().getPayload();
            BlockName name = new BlockName(payload.getSeqNum(), payload.getData());
            boolean known = held.containsKey(name);
            spread.arriving(name, from, message.route().orElse(null));
            if (!known) {
                loop.schedule(VERIFICATION, () -> verified(name, message, from));
            }
        }

        private void verified(BlockName name, SignedGossipMessage message, PkiId from) {
            if (!held.containsKey(name)) {
                hold(name);
                spread.verified(name, SIZE, from, message.route().orElse(null), true);
                spread.committed(height);
            }
        }

        @Override
        public PkiId self() {
            return self.pkiId();
        }

        @Override
        public List<NetworkMember> capable() {
            return others;
        }

        @Override
        public List<NetworkMember> plain() {
            return List.of();
        }

        @Override
        public boolean isAlive(PkiId peer) {
            return true;
        }

        @Override
        public boolean isLinked(PkiId peer) {
            return links.getOrDefault(peer, Long.MAX_VALUE) <= world.nanoTime();
        }

        @Override
        public List<PkiId> neighbours() {
            return neighbours;
        }

        /** How long until there is a link, which there is from then on. */
        private long connecting(PkiId to) {
            long now = world.nanoTime();
            long since = links.computeIfAbsent(to, none -> now + CONNECTING);
            peers.get(to).links.putIfAbsent(self(), since);
            return Math.max(0, since - now);
        }

        @Override
        public long heightOf(PkiId peer) {
            return 0;
        }

        @Override
        public void heard(PkiId peer, long itsHeight) {}

        @Override
        public long height() {
            return height;
        }

        @Override
        public long limit() {
            return -1;
        }

        @Override
        public Optional<SignedGossipMessage> held(BlockName block) {
            return Optional.ofNullable(held.get(block));
        }

        @Override
        public void send(SignedGossipMessage message, PkiId to) {
            copies++;
            sent++;
            long now = world.nanoTime();
            sending = Math.max(now + connecting(to), sending) + WIRE;
            if (random.nextDouble() >= loss) {
                Peer receiver = peers.get(to);
                receiver.in(sending - now + latency(), () -> receiver.receive(message, self()));
            }
        }

        /** The wire that it came on is as fast as our own: it takes no time but behind others. */
        private void receive(SignedGossipMessage message, PkiId from) {
            receiving = Math.max(world.nanoTime(), receiving + WIRE);
            in(receiving - world.nanoTime(), () -> take(message, from));
        }

        @Override
        public void send(Extension extension, PkiId to) {
            if (random.nextDouble() >= loss) {
                Peer receiver = peers.get(to);
                receiver.in(connecting(to) + latency(), () -> receiver.hear(extension, self()));
            }
        }

        private void hear(Extension extension, PkiId from) {
            if (extension.hasBlockDigests()) {
                spread.announced(extension.getBlockDigests(), from);
            } else {
                spread.requested(extension.getBlockRequest(), from);
            }
        }

        private void in(long nanos, Runnable task) {
            loop.schedule(Duration.ofNanos(nanos), task);
        }

        private long latency() {
            return LEAST_LATENCY + random.nextLong(JITTER);
        }
    }
}
