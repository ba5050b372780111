package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.comm.CommLimits;
import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with good TLS certificates that begin gossip with a first message of 95 MB and never finish it: what they cost a
 * peer, in memory and in its standing with the others.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersTest {
    private static final long MIB = 1 << 20;
    private static final long MAY_COST = 64 * MIB;
    private static final int STRANGERS = 30;

    /** Longer than the others take to declare a peer dead that is not heard of. */
    private static final Duration SIEGE = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final List<Stranger> strangers = new ArrayList<>();
    private final Queue<NetworkMember> declaredDead = new ConcurrentLinkedQueue<>();
    private TestNetwork network;
    private NettyThreads threads;
    private SslContext tls;
    private List<GossipPeer> peers;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        network = new TestNetwork(folder);
        threads = NettyThreads.create(1);
        tls = GrpcSslContexts.forClient()
                .keyManager(TestOrganisation.tls(network.user()).keyManager())
                .trustManager(network.org1.tlsRoots())
                .build();
        peers = network.startMembers(3);
        eventually(this::assertAllAreAlive);
        for (GossipPeer peer : peers) {
            peer.onMembership(Runnable::run, new MembershipListener() {
                @Override
                public void left(NetworkMember member) {
                    declaredDead.add(member);
                }
            });
        }
    }

    @AfterEach
    void sendStrangersAway() {
        strangers.forEach(Stranger::close);
    }

    @AfterAll
    void stop() throws Exception {
        threads.close();
        network.close();
    }

    @Test
    void whoPourInAllTheyCanCostLittleAndHarmNobody() {
        long before = memory();

        besiege(Stranger.CLAIMED - 1);
        long cost = highestMemoryDuring(SIEGE) - before;

        assertThat(cost).isLessThan(MAY_COST);
        eventually(() -> assertThat(strangers).extracting(Stranger::ended).doesNotContain(0));
        assertThat(network.refusals("too-much-before-handshake")).isGreaterThanOrEqualTo(STRANGERS);
        assertAllAreAliveAndGossip();
    }

    @Test
    void whoHoldBackBelowTheLimitAreNotWaitedForLong() {
        long before = memory();

        besiege(CommLimits.defaults().handshakeBytes() / 2);
        long cost = highestMemoryDuring(SIEGE) - before;

        assertThat(cost).isLessThan(MAY_COST);
        eventually(() -> assertThat(strangers).extracting(Stranger::ended).doesNotContain(0));
        assertThat(network.refusals("handshake-timeout")).isGreaterThanOrEqualTo(STRANGERS);
        assertAllAreAliveAndGossip();
    }

    /** Without this the tests above would show nothing. */
    @Test
    void oneAloneWouldCostMoreIfItsMessageWereAwaited() throws Exception {
        GossipPeer unguarded = network.start(network.options(3, TestNetwork.freeAddress())
                .withSettings(settings -> settings.withComm(settings.comm()
                        .withLimits(trusting(settings.comm().limits()))
                        .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(20)))));
        long before = memory();

        Stranger stranger = stranger(unguarded, Stranger.CLAIMED - 1);
        eventually(() -> assertThat(stranger.taken()).isGreaterThan(MAY_COST + 20 * MIB));
        long cost = memory() - before;

        assertThat(cost).isGreaterThan(MAY_COST);
    }

    private static CommLimits trusting(CommLimits usual) {
        return new CommLimits(
                2 * Stranger.CLAIMED,
                usual.halfOpen(),
                usual.halfOpenPerAddress(),
                usual.controlLaneBytes(),
                usual.bulkLaneBytes(),
                usual.linkReceiveBytes(),
                usual.nodeReceiveBytes(),
                usual.dials(),
                usual.pendingAcknowledged());
    }

    private void besiege(int bytes) {
        for (int i = 0; i < STRANGERS; i++) {
            stranger(peers.get(0), bytes);
        }
    }

    private Stranger stranger(GossipPeer peer, int bytes) {
        Stranger stranger = new Stranger(threads, tls, peer.port(), bytes);
        strangers.add(stranger);
        return stranger;
    }

    private void assertAllAreAlive() {
        assertThat(peers).allSatisfy(peer -> assertThat(peer.peers().join()).hasSize(peers.size() - 1));
    }

    private void assertAllAreAliveAndGossip() {
        assertThat(declaredDead).isEmpty();
        assertAllAreAlive();
        long height = height(peers.get(0));
        network.submit("while strangers are at the door");
        eventually(() ->
                assertThat(peers).allSatisfy(peer -> assertThat(height(peer)).isGreaterThan(height)));
    }

    private static long height(GossipPeer peer) {
        return peer.status(TestNetwork.CHANNEL).join().orElseThrow().height();
    }

    private static long highestMemoryDuring(Duration time) {
        long start = System.nanoTime();
        long highest = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            highest = Math.max(highest, memory());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return highest;
    }

    /** In use on the heap and beside it, strangers included, who are in this JVM as well. */
    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + buffers
                + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
