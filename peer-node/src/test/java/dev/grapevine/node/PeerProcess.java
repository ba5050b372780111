package dev.grapevine.node;

import dev.grapevine.election.ElectionConfig;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.hyperledger.fabric.protos.common.Block;

/**
 * A process of its own that is a whole peer. It opens the chain that it finds, joins the channel if it has none, and then
 * takes signed blocks from a file: each is verified, committed in its turn and announced, until the process is killed.
 */
final class PeerProcess {
    private static final int UNDER_WAY = 8;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Semaphore mayBring = new Semaphore(UNDER_WAY);
    private final List<Block> chain;
    private final GossipPeer peer;

    private PeerProcess(List<Block> chain, GossipPeer peer) {
        this.chain = chain;
        this.peer = peer;
    }

    /**
     * Lives until it is killed.
     *
     * @param arguments the MSP directory, the MSP id, the storage, the file of blocks, the address
     */
    public static void main(String[] arguments) {
        try {
            PeerOptions options = PeerOptions.embedded(
                            Path.of(arguments[0]), new MspId(arguments[1]), arguments[4], Path.of(arguments[2]))
                    .withSettings(settings -> settings.withElection(follower(settings.election())));
            GossipPeer peer = GossipPeer.create(options, NodeResources.create(1, 2), Meters.NONE);
            peer.start().join();
            new PeerProcess(read(arguments[3]), peer).run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static ElectionConfig follower(ElectionConfig usual) {
        return new ElectionConfig(
                false,
                false,
                usual.startupGracePeriod(),
                usual.membershipSampleInterval(),
                usual.leaderAliveThreshold(),
                usual.leaderElectionDuration());
    }

    private static List<Block> read(String file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (InputStream in = new FileInputStream(file)) {
            for (Block block = Block.parseDelimitedFrom(in); block != null; block = Block.parseDelimitedFrom(in)) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private void run() throws InterruptedException {
        ChannelId channel = peer.channels().isEmpty()
                ? peer.join(chain.get(0)).join().value()
                : peer.channels().get(0);
        long height = peer.status(channel).join().orElseThrow().height();
        out.println("open " + height);
        peer.onCommit(channel, Runnable::run, block -> {
            out.println("durable " + (block.getHeader().getNumber() + 1));
            mayBring.release();
        });
        for (long number = height; number < chain.size(); number++) {
            mayBring.acquire();
            peer.addBlock(channel, number, chain.get((int) number).toByteString())
                    .join()
                    .value();
        }
    }
}
