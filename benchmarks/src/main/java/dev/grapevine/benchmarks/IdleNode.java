package dev.grapevine.benchmarks;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.network.LocalPeer;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.node.GossipPeer;
import dev.grapevine.node.NodeResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;

/**
 * A node in a process of its own, for {@link IdleMeasurement}. It says {@code ready}, then answers {@code members} and
 * {@code heap} (bytes in use after a collection) on standard input until that ends.
 */
final class IdleNode {
    private IdleNode() {}

    static void run(LocalPeer setup, Path genesis) throws IOException {
        Block block = Block.parseFrom(ByteString.copyFrom(Files.readAllBytes(genesis)));
        NodeResources resources = NodeResources.create();
        try (resources;
                GossipPeer peer = setup.start(resources, block, UnaryOperator.identity());
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(
                        "heap".equals(question)
                                ? heap()
                                : peer.peers(Material.CHANNEL).join().size());
            }
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
