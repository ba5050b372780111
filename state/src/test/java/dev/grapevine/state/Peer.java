package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A peer of the test network: the production state over a ledger in memory, honest unless told otherwise. */
final class Peer implements ChannelPeers, ConfigurationGate {
    final VirtualTime.Node node;
    final PkiId id;
    final ModelledCrypto trust = Chain.trust();
    final InMemoryLedger ledger;
    final StateProvider state;
    final List<Long> committed = new ArrayList<>();
    final List<Rejection> lost = new ArrayList<>();
    final Numbers numbers = new Numbers();
    Duration slowness = Duration.ZERO;
    boolean honest = true;

    /** Of Grapevine's extensions; 0 for a Go peer. */
    int revision;

    @Nullable
    Long claimedHeight;

    @Nullable
    Rejection refusedConfiguration;

    UnaryOperator<SignedGossipMessage> answers = answer -> answer;

    private final Network network;

    Peer(Network network, String name, int height, StateConfig config) {
        this(network, name, height, config, null);
    }

    Peer(Network network, String name, int height, StateConfig config, DistinctBlocks.@Nullable Check check) {
        this.network = network;
        this.node = network.time.newNode();
        this.id = ModelledCrypto.identity(Chain.ORG, name).pkiId();
        this.ledger = new InMemoryLedger(
                node, Duration.ofMillis(1), network.chain.block(0).bytes());
        for (int number = 1; number < height; number++) {
            VerifiedBlock block = network.chain.block(number, number);
            ledger.append(block, failure -> {});
            if (block.isConfig()) {
                trust.configure(Chain.CHANNEL, number);
            }
        }
        network.time.runFor(Duration.ofMillis(2));
        StateContext context = new StateContext(
                Chain.CHANNEL,
                node,
                new DistinctBlocks(node, check == null ? trust::verifyBlock : check),
                numbers,
                new RejectionLog(node, numbers));
        this.state = new StateProvider(context, config, ledger, this, this, true);
        state.onCommit(block -> {
            committed.add(block.number());
            announce();
        });
        state.onLost(lost::add);
    }

    /** Tells everybody our height, as state info does. */
    void announce() {
        long height = height();
        for (Peer other : network.peers.values()) {
            if (other != this) {
                other.node.schedule(network.delay, () -> other.state.heightAnnounced(height));
            }
        }
    }

    long height() {
        return claimedHeight == null ? ledger.height() : claimedHeight;
    }

    void receive(Peer from, SignedGossipMessage message) {
        state.handle(from.id, message, answer -> network.carry(this, from, answers.apply(answer)));
    }

    void gossip(long number) {
        node.execute(() -> state.addGossiped(network.chain.block(number, trust.inForce(Chain.CHANNEL))));
    }

    @Override
    public List<Candidate> peers() {
        return network.peers.values().stream()
                .filter(peer -> peer != this)
                .map(peer -> new Candidate(peer.id, peer.height(), true, peer.revision))
                .toList();
    }

    @Override
    public void send(SignedGossipMessage message, PkiId peer) {
        Peer to = network.peers.get(peer);
        if (to != null) {
            network.carry(this, to, message);
        }
    }

    @Override
    public long inForce() {
        return trust.inForce(Chain.CHANNEL);
    }

    @Override
    public void apply(VerifiedBlock config, Consumer<Optional<Rejection>> done) {
        node.schedule(Duration.ofMillis(5), () -> {
            if (refusedConfiguration == null) {
                trust.configure(Chain.CHANNEL, config.number());
            }
            done.accept(Optional.ofNullable(refusedConfiguration));
        });
    }

    List<ByteString> blocks() {
        return ledger.blocks();
    }

    /** Reads meters back by name and, for counters with one, reason. */
    static final class Numbers implements Meters {
        private final Map<String, Double> values = new TreeMap<>();

        double of(String name) {
            return values.getOrDefault(name, 0.0);
        }

        private static String key(String name, String... labels) {
            for (int index = 0; index < labels.length; index += 2) {
                if (labels[index].equals("reason")) {
                    return name + " " + labels[index + 1];
                }
            }
            return name;
        }

        @Override
        public Counter counter(String name, String... labels) {
            return amount -> values.merge(key(name, labels), (double) amount, Double::sum);
        }

        @Override
        public Gauge gauge(String name, String... labels) {
            return value -> values.put(key(name, labels), value);
        }

        @Override
        public Histogram histogram(String name, String... labels) {
            return value -> values.merge(name, 1.0, Double::sum);
        }
    }
}
