package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A network of discoveries in virtual time: what is sent arrives after a few milliseconds, unless it is lost. */
final class TestNetwork {
    static final MspId ORG1 = new MspId("Org1MSP");
    static final MspId ORG2 = new MspId("Org2MSP");
    static final MspId ORG3 = new MspId("Org3MSP");
    static final ChannelId CHANNEL = new ChannelId("shared");

    final VirtualTime time;
    private final RandomGenerator random;
    private final Map<String, TestPeer> byEndpoint = new LinkedHashMap<>();
    private final List<TestPeer> peers = new ArrayList<>();
    private double loss;
    private Function<TestPeer, Duration> slowness = peer -> Duration.ZERO;
    private BiPredicate<TestPeer, TestPeer> cut = (from, to) -> false;
    private ByteString trace = ByteString.EMPTY;

    TestNetwork(long seed) {
        time = new VirtualTime(seed);
        random = time.newRandom();
    }

    /** Makes a plain peer that listens at {@code name:7051}; it has yet to be started. */
    TestPeer peer(MspId organisation, String name, String... bootstrap) {
        return peer(
                organisation,
                name,
                DiscoveryConfig.defaults(name + ":7051")
                        .withBootstrap(bootstrap)
                        .withExtensions(false));
    }

    TestPeer peer(MspId organisation, String name, DiscoveryConfig config) {
        TestPeer peer = new TestPeer(this, organisation, name, config, null);
        enter(peer);
        return peer;
    }

    /** A started peer that speaks the extensions and has the external endpoint {@code name-gate:443}. */
    TestPeer open(MspId organisation, String name, String... bootstrap) {
        return peer(
                        organisation,
                        name,
                        DiscoveryConfig.defaults(name + ":7051")
                                .withExternalEndpoint(name + "-gate:443")
                                .withBootstrap(bootstrap))
                .start();
    }

    /** Org 1 peers, all with the first one as bootstrap peer, started. */
    List<TestPeer> started(int count) {
        List<TestPeer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(peer(ORG1, "p" + i, "p0:7051").start());
        }
        return all;
    }

    /** As {@link #started}, but of peers that speak the extensions. */
    List<TestPeer> capable(int count) {
        List<TestPeer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(peer(ORG1, "p" + i, capable("p" + i)).start());
        }
        return all;
    }

    static DiscoveryConfig capable(String name) {
        return DiscoveryConfig.defaults(name + ":7051").withBootstrap("p0:7051");
    }

    void enter(TestPeer peer) {
        peers.removeIf(old -> old.config.endpoint().equals(peer.config.endpoint()));
        peers.add(peer);
        byEndpoint.put(peer.config.endpoint(), peer);
        if (!peer.config.externalEndpoint().isEmpty()) {
            byEndpoint.put(peer.config.externalEndpoint(), peer);
        }
    }

    void loseMessages(double share) {
        loss = share;
    }

    /** Nothing passes from the one to the other where this holds; false for all heals the network. */
    void cut(BiPredicate<TestPeer, TestPeer> pairs) {
        cut = pairs;
    }

    void run(Duration duration) {
        time.runFor(duration);
    }

    Optional<TestPeer> at(String endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    boolean isConnected(TestPeer from, TestPeer to) {
        return !to.crashed && !isCut(from, to);
    }

    private boolean isCut(TestPeer from, TestPeer to) {
        return cut.test(from, to) || cut.test(to, from);
    }

    /** As slow peers do, delivers what goes to some of them this much later. */
    void slowDown(Function<TestPeer, Duration> delay) {
        slowness = delay;
    }

    void deliver(TestPeer from, TestPeer to, SignedGossipMessage message) {
        if (random.nextDouble() < loss) {
            return;
        }
        to.loop.schedule(latency().plus(slowness.apply(to)), () -> {
            if (!to.crashed && !cut.test(from, to)) {
                trace = Sha256.of(
                        trace, ByteString.copyFromUtf8(time.nanoTime() + from.name + to.name), message.wire());
                to.receive(message, from);
            }
        });
    }

    Duration latency() {
        return Duration.ofNanos(1_000_000 + random.nextLong(4_000_000));
    }

    /** A digest of everything that was delivered, and when. */
    ByteString trace() {
        return trace;
    }

    boolean everybodySees(List<TestPeer> group) {
        return group.stream().allMatch(peer -> peer.sees(group));
    }
}
