package dev.grapevine.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksLedgerTest {
    @TempDir
    Path root;

    private final TestChain blocks = new TestChain();
    private final EventLoop loop = new EventLoop("loop", Runnable::run, Throwable::printStackTrace);
    private LedgerDirectory directory;
    private RocksLedger ledger;

    @BeforeEach
    void create() throws Exception {
        directory = LedgerDirectory.open(root, Meters.NONE);
        directory.create(TestChain.CHANNEL, TestChain.genesis());
        ledger = directory.open(TestChain.CHANNEL, loop);
    }

    @AfterEach
    void close() {
        ledger.close();
        directory.close();
        loop.close();
    }

    @Test
    void acknowledgesBlocksInOrderWithTheHeightTheyBring() throws Exception {
        List<Long> heights = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();

        for (VerifiedBlock block : following(20)) {
            ledger.append(block, failure -> {
                heights.add(ledger.height());
                if (block.number() == 20) {
                    last.complete(null);
                }
            });
        }
        last.get();

        assertThat(heights).hasSize(20).isSorted().doesNotHaveDuplicates().endsWith(21L);
    }

    @Test
    void findsABlockByNumberHashAndTransaction() throws Exception {
        VerifiedBlock block = withTransactions("first", "second");
        append(block);

        Chain chain = ledger.chain();
        Optional<ByteString> stored = chain.block(1);
        assertThat(stored).isPresent();
        assertThat(chain.blockByHash(block.headerHash())).isEqualTo(stored);
        assertThat(chain.blockByTransaction("second")).isEqualTo(stored);
        assertThat(chain.transaction("second"))
                .contains(new StoredTransaction(TestChain.transaction("second", "content"), 1, 1));
        assertThat(chain.info()).isEqualTo(new ChainInfo(2, block.headerHash(), block.previousHash()));
        assertThat(chain.transaction("third")).isEmpty();
        assertThat(chain.block(2)).isEmpty();
        assertThat(chain.block(-1)).isEmpty();
    }

    @Test
    void answersARepeatedTransactionIdWithItsFirstPlace() throws Exception {
        append(withTransactions("again"));
        append(withTransactions("other", "again"));

        assertThat(ledger.chain().transaction("again").orElseThrow().block()).isEqualTo(1);
        assertThat(ledger.chain().verify().blocks()).isEqualTo(3);
    }

    @Test
    void keepsAnEntryThatDoesNotParseOutOfTheIndexOnly() throws Exception {
        ByteString odd = ByteString.copyFromUtf8("\u0001 no envelope");
        append(next(TestChain.transaction("plain", "content"), odd, TestChain.transaction("good", "content")));

        assertThat(ledger.chain().transaction("good").orElseThrow().index()).isEqualTo(2);
        assertThat(Block.parseFrom(ledger.chain().block(1).orElseThrow())
                        .getData()
                        .getData(1))
                .isEqualTo(odd);
        assertThat(ledger.chain().verify().transactions()).isEqualTo(4);
    }

    @Test
    void storesNobodysClaimThatATransactionIsValid() throws Exception {
        VerifiedBlock received = withTransactions("first", "second");
        append(blocks.verified(1, TestChain.asAnotherPeerStores(received.bytes(), (byte) 0)));

        Block stored = Block.parseFrom(ledger.chain().block(1).orElseThrow());
        assertThat(stored.getHeader()).isEqualTo(received.block().getHeader());
        assertThat(stored.getData()).isEqualTo(received.block().getData());
        assertThat(stored.getMetadata().getMetadata(0))
                .isEqualTo(received.block().getMetadata().getMetadata(0));
        assertThat(stored.getMetadata().getMetadata(1).toStringUtf8()).isEqualTo("last config");
        assertThat(stored.getMetadata().getMetadata(2)).isEqualTo(ByteString.copyFrom(new byte[] {-2, -2}));
        assertThat(stored.getMetadata().getMetadata(4)).isEmpty();
    }

    @Test
    void refusesABlockThatDoesNotFollowAndEverythingAfterIt() throws Exception {
        List<VerifiedBlock> three = following(3);

        assertThatThrownBy(() -> append(three.get(1))).cause().hasMessageContaining("the next block is 1");
        assertThatThrownBy(() -> append(three.get(0))).cause().hasMessageContaining("the next block is 1");
        assertThat(ledger.height()).isEqualTo(1);
    }

    @Test
    void refusesABlockWithAnotherPreviousHash() {
        VerifiedBlock stranger = blocks.after(1, ByteString.copyFromUtf8("of another chain"), 10);

        assertThatThrownBy(() -> append(stranger)).cause().hasMessageContaining("previous hash");
    }

    @Test
    void readsARangeUpToTheBytesAskedForAndAtLeastOneBlock() throws Exception {
        for (VerifiedBlock block : following(5)) {
            append(block);
        }
        int size = ledger.chain().block(2).orElseThrow().size();

        assertThat(read(1, 9, Long.MAX_VALUE)).hasSize(5);
        assertThat(read(1, 2, Long.MAX_VALUE)).hasSize(2);
        assertThat(read(1, 9, 2L * size)).hasSize(2);
        assertThat(read(1, 9, 1)).hasSize(1);
        assertThat(read(6, 9, 1)).isEmpty();
    }

    @Test
    void goesOnWhereItStoppedAfterReopening() throws Exception {
        List<VerifiedBlock> three = following(3);
        append(three.get(0));
        append(three.get(1));
        ledger.close();

        ledger = directory.open(TestChain.CHANNEL, loop);
        append(three.get(2));

        assertThat(ledger.height()).isEqualTo(4);
        assertThat(ledger.lastHash()).isEqualTo(three.get(2).headerHash());
        assertThat(ledger.chain().verify().blocks()).isEqualTo(4);
    }

    @Test
    void letsAReaderFollowTheChainAsItGrows() throws Exception {
        ChainCursor cursor = ledger.chain().from(0);
        CompletableFuture<Long> grown = new CompletableFuture<>();
        ledger.onHeight(grown::complete);

        assertThat(cursor.next()).isPresent();
        assertThat(cursor.next()).isEmpty();
        append(following(1).get(0));

        assertThat(grown.get()).isEqualTo(2);
        assertThat(cursor.next()).isPresent();
        assertThat(cursor.position()).isEqualTo(2);
    }

    @Test
    void failsWhatIsAppendedToAClosedLedger() {
        ledger.close();

        assertThatThrownBy(() -> append(following(1).get(0))).cause().hasMessageContaining("closed");
        assertThatThrownBy(() -> ledger.chain().block(0)).hasMessageContaining("closed");
    }

    private void append(VerifiedBlock block) throws InterruptedException, ExecutionException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ledger.append(block, failure -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        done.get();
    }

    private List<ByteString> read(long first, long last, long maxBytes) throws Exception {
        CompletableFuture<List<ByteString>> read = new CompletableFuture<>();
        ledger.read(first, last, maxBytes, (found, failure) -> read.complete(found));
        return read.get();
    }

    private List<VerifiedBlock> following(int count) {
        List<VerifiedBlock> following = new ArrayList<>();
        long number = ledger.height();
        ByteString previous = ledger.lastHash();
        for (int i = 0; i < count; i++) {
            VerifiedBlock block = blocks.after(number++, previous, 1000);
            previous = block.headerHash();
            following.add(block);
        }
        return following;
    }

    private VerifiedBlock withTransactions(String... ids) {
        ByteString[] transactions = new ByteString[ids.length];
        for (int i = 0; i < ids.length; i++) {
            transactions[i] = TestChain.transaction(ids[i], "content");
        }
        return next(transactions);
    }

    private VerifiedBlock next(ByteString... transactions) {
        return blocks.of(ledger.height(), ledger.lastHash(), transactions);
    }
}
