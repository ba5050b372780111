package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.Messages;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FloodTest {
    private static final int MIB = 1024 * 1024;
    private static final int STREAMS = 30;
    private static final int CLAIMED = 95 * MIB;

    @ParameterizedTest
    @ValueSource(strings = {"/gossip.Gossip/GossipStream", "/gossip.Gossip/Ping"})
    void ofThirtyUnfinishedMessagesFromStrangersCostsLittleAndHarmsNobody(String path) throws Exception {
        try (NettyThreads threads = NettyThreads.create(2);
                RealNode node = new RealNode("node", CommConfig.defaults(), null, threads);
                RealNode friend = new RealNode("friend", CommConfig.defaults(), null, threads)) {
            friend.send(Messages.control(1), node);
            node.next();
            long before = memory();
            List<RawHttp2> strangers = new ArrayList<>();
            long taken = 0;
            for (int i = 0; i < STREAMS; i++) {
                RawHttp2 stranger = new RawHttp2(node.port());
                strangers.add(stranger);
                stranger.open(path);
                taken += stranger.flood(CLAIMED);
            }
            long cost = memory() - before;

            assertThat(strangers).allMatch(RawHttp2::isEnded);
            assertThat(taken).isLessThan(64L * MIB);
            assertThat(cost).isLessThan(64L * MIB);
            friend.send(Messages.control(2), node);
            assertThat(node.next().message().message().getNonce()).isEqualTo(2);
            assertThat(node.dead).isEmpty();
            assertThat(node.failures).isEmpty();
            for (RawHttp2 stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void doesNotHinderAPeerFromSendingLargeMessagesAfterItsHandshake() throws Exception {
        try (NettyThreads threads = NettyThreads.create(2);
                RealNode node = new RealNode("node", CommConfig.defaults(), null, threads);
                RealNode friend = new RealNode("friend", CommConfig.defaults(), null, threads)) {
            for (int i = 0; i < 20; i++) {
                friend.send(Messages.block(i, MIB), node);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(node.next()
                                .message()
                                .message()
                                .getDataMsg()
                                .getPayload()
                                .getSeqNum())
                        .isEqualTo(i);
            }
        }
    }

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
