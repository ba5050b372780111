package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static dev.grapevine.node.TestNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README: what it shows compiles, runs and does what it says. */
@Timeout(60)
class EmbeddingExampleTest {
    private static final String BEGIN = "// README begins";
    private static final String END = "// README ends";

    // README begins
    /** Replicates a channel and prints its blocks until told to stop. */
    static void follow(
            Path msp, Path tls, String endpoint, String neighbour, Path storage, Path genesis, CountDownLatch stop)
            throws Exception {
        PeerOptions options = PeerOptions.embedded(msp, new MspId("Org1MSP"), endpoint, storage)
                .withTls(tls)
                .withSettings(
                        settings -> settings.withDiscovery(settings.discovery().withBootstrap(neighbour)));

        // Threads are shared by all peers of a process; a peer has one of its own besides.
        try (NodeResources resources = NodeResources.create();
                GossipPeer peer = GossipPeer.create(options, resources, Meters.NONE)) {
            peer.start().join();

            // A peer remembers its channels over a restart. The first time, the genesis block lets it in.
            ChannelId channel = new ChannelId("mychannel");
            if (!peer.channels().contains(channel)) {
                Verdict<ChannelId> joined =
                        peer.join(Block.parseFrom(Files.readAllBytes(genesis))).join();
                if (!joined.isAccepted()) {
                    throw new IllegalStateException("cannot join: " + joined.rejection());
                }
            }

            // Listeners run where they are told to, each one's events in order. A slow one holds up nobody.
            Executor executor = ForkJoinPool.commonPool();
            peer.onCommit(
                    channel, executor, block -> log("block " + block.getHeader().getNumber()));
            peer.onLeadership(channel, executor, leads -> log(leads ? "leading" : "following"));

            // Questions return futures; the protocol never waits for the caller.
            List<ChannelPeer> others = peer.peers(channel).join();
            log("replicating with " + others.size() + " other peers");
            peer.status(channel).join().ifPresent(status -> log("at height " + status.height()));

            stop.await();
        }
    }
    // README ends

    private static final List<String> LOGGED = new CopyOnWriteArrayList<>();

    private static void log(String line) {
        LOGGED.add(line);
    }

    @Test
    void theReadmeShowsExactlyThis() throws Exception {
        Path project = Path.of("..").toAbsolutePath().normalize();
        String source = Files.readString(
                Path.of("src/test/java/dev/grapevine/node/EmbeddingExampleTest.java"), StandardCharsets.UTF_8);
        String shown = source.substring(
                source.indexOf("    " + BEGIN + "\n") + BEGIN.length() + 5, source.indexOf("    " + END + "\n"));

        String readme = Files.readString(project.resolve("README.md"), StandardCharsets.UTF_8);

        assertThat(readme)
                .contains("## Embed it")
                .contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```");
    }

    @Test
    void itReplicatesAChannel(@TempDir Path folder) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (TestNetwork network = new TestNetwork(folder)) {
            GossipPeer neighbour = network.startMembers(1).get(0);
            Path files = network.org1.folder(network.org1.material().nodes().get(1));
            Path genesis = Files.write(folder.resolve("genesis.block"), network.genesis.toByteArray());
            CountDownLatch stop = new CountDownLatch(1);
            String endpoint = TestNetwork.freeAddress();
            Future<Boolean> embedder = thread.submit(() -> {
                follow(
                        files.resolve("msp"),
                        files.resolve("tls"),
                        endpoint,
                        "127.0.0.1:" + neighbour.port(),
                        folder.resolve("embedded"),
                        genesis,
                        stop);
                return true;
            });
            eventually(() -> assertThat(LOGGED).contains("at height 1"));

            network.submit("a transaction");

            eventually(() -> assertThat(LOGGED).contains("block 1"));
            stop.countDown();
            assertThat(embedder.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(neighbour.status(CHANNEL).join().orElseThrow().height()).isEqualTo(2);
        } finally {
            thread.shutdownNow();
        }
    }
}
