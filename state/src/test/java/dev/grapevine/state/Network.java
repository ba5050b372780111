package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Peers of one channel in virtual time, with links that delay and lose. */
final class Network {
    final VirtualTime time;
    final Chain chain;
    final Map<PkiId, Peer> peers = new TreeMap<>();
    final List<SignedGossipMessage> requests = new ArrayList<>();
    /** How many requests each peer was sent. */
    final Map<PkiId, Integer> asked = new TreeMap<>();
    /** How often each block travelled in an answer. */
    final Map<Long, Integer> carried = new TreeMap<>();

    final List<SignedGossipMessage> answers = new ArrayList<>();

    double loss;
    Duration delay = Duration.ofMillis(2);

    private final RandomGenerator random;

    Network(long seed, Chain chain) {
        this.time = new VirtualTime(seed);
        this.chain = chain;
        this.random = time.newRandom();
    }

    Peer peer(String name, int height, StateConfig config) {
        Peer peer = new Peer(this, name, height, config);
        peers.put(peer.id, peer);
        return peer;
    }

    Peer peer(String name, int height) {
        return peer(name, height, StateConfig.defaults());
    }

    void start() {
        peers.values().forEach(peer -> peer.node.execute(peer.state::start));
        peers.values().forEach(Peer::announce);
    }

    void carry(Peer from, Peer to, SignedGossipMessage message) {
        if (message.message().hasStateRequest()) {
            requests.add(message);
            asked.merge(to.id, 1, Integer::sum);
        }
        if (message.message().hasStateResponse()) {
            answers.add(message);
        }
        message.message()
                .getStateResponse()
                .getPayloadsList()
                .forEach(payload -> carried.merge(payload.getSeqNum(), 1, Integer::sum));
        if (random.nextDouble() >= loss) {
            to.node.schedule(delay.plus(to.slowness), () -> to.receive(from, message));
        }
    }

    boolean allReach(long height, Duration limit) {
        return time.runUntil(
                () -> peers.values().stream()
                        .filter(peer -> peer.honest)
                        .allMatch(peer -> peer.ledger.height() >= height),
                limit);
    }
}
