package dev.grapevine.channel;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Peers that reach each other in a millisecond, and a record of everything that was sent. */
final class FakeNetwork {
    static final Duration LATENCY = Duration.ofMillis(1);

    final VirtualTime time = new VirtualTime(7);
    final Map<PkiId, FakePeer> peers = new TreeMap<>();
    final List<Sent> sent = new ArrayList<>();
    /** Of the extensions that peers made from now on speak; plain Fabric peers to start with. */
    int revision;
    /** What is delivered; everything to start with. */
    BiPredicate<FakePeer, SignedGossipMessage> passes = (receiver, message) -> true;
    /** What leaves its sender; everything to start with. */
    BiPredicate<PkiId, SignedGossipMessage> passesFrom = (sender, message) -> true;
    /** Who has a link with whom; nobody to start with. */
    BiPredicate<PkiId, PkiId> linked = (one, other) -> false;

    record Sent(PkiId from, PkiId to, SignedGossipMessage message) {}

    FakePeer peer(MspId organisation, String name, GossipConfig config, ModelledCrypto crypto) {
        return peer(organisation, name, name + ":7051", config, crypto);
    }

    FakePeer peer(
            MspId organisation, String name, String externalEndpoint, GossipConfig config, ModelledCrypto crypto) {
        FakePeer peer = new FakePeer(this, organisation, name, externalEndpoint, config, crypto);
        peers.put(peer.id(), peer);
        return peer;
    }

    /** Everybody learns everybody's identity and takes them for alive. */
    void acquaint() {
        for (FakePeer peer : peers.values()) {
            for (FakePeer other : peers.values()) {
                if (peer != other) {
                    peer.meet(other);
                }
            }
        }
    }

    void transmit(FakePeer from, PkiId to, SignedGossipMessage message) {
        if (!passesFrom.test(from.id(), message)) {
            return;
        }
        sent.add(new Sent(from.id(), to, message));
        FakePeer receiver = peers.get(to);
        if (receiver != null && passes.test(receiver, message)) {
            receiver.node.schedule(LATENCY, () -> receiver.receive(message, from.connection()));
        }
    }

    long count(Predicate<Sent> which) {
        return sent.stream().filter(which).count();
    }

    List<SignedGossipMessage> sentTo(PkiId receiver, Predicate<SignedGossipMessage> which) {
        return sent.stream()
                .filter(each -> each.to().equals(receiver) && which.test(each.message()))
                .map(Sent::message)
                .toList();
    }

    void runFor(Duration duration) {
        time.runFor(duration);
    }

    void settle() {
        runFor(Duration.ofMillis(50));
    }
}
