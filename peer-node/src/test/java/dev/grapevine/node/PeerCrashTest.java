package dev.grapevine.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.SignedEnvelope;
import dev.grapevine.node.KilledProcess.Life;
import dev.grapevine.node.ledger.LedgerDirectory;
import dev.grapevine.node.ledger.RocksLedger;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.VirtualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What SIGKILL leaves of peers that are committing blocks: all that they have acknowledged, fifty times. {@code LedgerCrashTest}
 * shows that this needs the sync of the log.
 */
@Timeout(600)
class PeerCrashTest {
    private static final int PEERS = 2;
    private static final int KILLS = 25;
    private static final int BLOCKS = 2000;
    private static final ChannelId CHANNEL = new ChannelId("mychannel");

    @TempDir
    Path folder;

    private TestOrganisation org;

    @BeforeEach
    void orderBlocks() throws Exception {
        org = TestOrganisation.peers("Org1", PEERS, folder);
        write(blocks(), org, TestOrganisation.orderers(folder));
    }

    private Path blocks() {
        return folder.resolve("blocks");
    }

    /** Two peers that have nothing to do with each other, side by side to save time. */
    @Test
    void keepsEveryAcknowledgedBlockThroughFiftyKills() {
        ExecutorService witnesses = Executors.newFixedThreadPool(PEERS);
        try {
            CompletableFuture.allOf(IntStream.range(0, PEERS)
                            .mapToObj(peer -> CompletableFuture.runAsync(() -> liveAndDie(peer), witnesses))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            witnesses.shutdownNow();
        }
    }

    private void liveAndDie(int number) {
        Random random = new Random(20261121L + number);
        MemberMaterial member = org.material().nodes().get(number);
        Path storage = folder.resolve("storage-" + number);
        try {
            Path libraries = Files.createDirectory(folder.resolve("libraries-" + number));
            KilledProcess peer = new KilledProcess(PeerProcess.class, libraries);
            String[] arguments = {
                org.folder(member).resolve("msp").toString(),
                org.mspId().name(),
                storage.toString(),
                blocks().toString(),
                TestNetwork.freeAddress()
            };
            long acknowledged = 1;
            for (int kill = 0; kill < KILLS; kill++) {
                Life life = peer.live(1 + random.nextInt(40), arguments);
                assertThat(life.opened())
                        .as("height of peer %d after kill %d", number, kill)
                        .isGreaterThanOrEqualTo(acknowledged);
                acknowledged = life.acknowledged();
            }
            verify(storage, acknowledged);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the witness itself failed", e);
        }
    }

    private static void verify(Path storage, long acknowledged) throws IOException {
        try (LedgerDirectory directory = LedgerDirectory.open(storage.resolve("ledgers"), Meters.NONE);
                RocksLedger ledger = directory.open(CHANNEL, new VirtualTime(1).newNode())) {
            assertThat(ledger.height()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(ledger.chain().verify().blocks()).isEqualTo(ledger.height());
        }
    }

    private static void write(Path file, TestOrganisation org, TestOrganisation ordering) throws Exception {
        Block last = GenesisBlock.of(ChannelProfile.of(
                CHANNEL, List.of(org.asPeers()), List.of(ordering.asOrderers("127.0.0.1:7050")), Instant.now()));
        BlockSigner orderer =
                new BlockSigner(ordering.identity(ordering.material().nodes().get(0)));
        ByteString transaction = SignedEnvelope.of(
                        CHANNEL,
                        HeaderType.ENDORSER_TRANSACTION,
                        ByteString.copyFromUtf8("the same in each block"),
                        org.identity(org.material().users().get(0)))
                .toByteString();
        try (OutputStream out = Files.newOutputStream(file)) {
            last.writeDelimitedTo(out);
            for (long number = 1; number < BLOCKS; number++) {
                last = orderer.make(number, BlockHash.ofHeader(last.getHeader()), List.of(transaction), 0);
                last.writeDelimitedTo(out);
            }
        }
    }
}
