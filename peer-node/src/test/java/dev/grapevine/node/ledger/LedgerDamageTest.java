package dev.grapevine.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import dev.grapevine.proto.time.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDamageTest {
    @TempDir
    Path root;

    private LedgerDirectory directory;

    @BeforeEach
    void create() throws Exception {
        directory = LedgerDirectory.open(root, Meters.NONE);
        directory.create(TestChain.CHANNEL, TestChain.genesis());
    }

    @Test
    void refusesToOpenALogThatIsDamagedInTheMiddle() throws Exception {
        appendBlocks(50);
        damageMiddle(".log");

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("channel harbour")
                .hasMessageContaining("is damaged")
                .hasMessageContaining("join the channel again");
    }

    @Test
    void opensWithWhatIsWholeWhenTheEndOfTheLogIsTorn() throws Exception {
        appendBlocks(50);
        Path log = largest(".log");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 5));

        try (RocksLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(50);
            assertThat(ledger.chain().verify().blocks()).isEqualTo(50);
        }
    }

    @Test
    void findsABlockThatWasAlteredBehindItsBack() throws Exception {
        appendBlocks(40);
        Path chain = root.resolve("harbour").resolve("chain");
        try (RocksTables tables = RocksTables.open(chain)) {
            tables.db().put(tables.blocks(), Keys.number(7), tables.db().get(tables.blocks(), Keys.number(8)));
            tables.db().flushWal(true);
        }

        try (RocksLedger ledger = open()) {
            assertThatThrownBy(() -> ledger.chain().verify())
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("block 7 says it is 8");
        }
    }

    @Test
    void refusesToOpenAChainWhoseEndLacksAnIndexEntry() throws Exception {
        appendBlocks(40);
        ByteString last;
        try (RocksLedger ledger = open()) {
            last = ledger.lastHash();
        }
        try (RocksTables tables = RocksTables.open(root.resolve("harbour").resolve("chain"))) {
            tables.db().delete(tables.hashes(), last.toByteArray());
            tables.db().flushWal(true);
        }

        assertThatThrownBy(this::open).hasMessageContaining("the hash of block 40 is not indexed");
    }

    @Test
    void saysSoWhenAnotherProcessHasTheLedger() {
        try (RocksLedger first = open()) {
            assertThat(first.height()).isEqualTo(1);
            assertThatThrownBy(this::open).hasMessageContaining("in use by another process");
        }
    }

    @Test
    void tellsEveryListenerWhenTheDiskFails() throws Exception {
        EventLoop loop = new EventLoop("loop", Runnable::run, Throwable::printStackTrace);
        ChainStore store =
                ChainStore.open(TestChain.CHANNEL, root.resolve("harbour").resolve("chain"));
        Runnable full = () -> {
            throw new LedgerException("No space left on device", null);
        };
        List<@Nullable Throwable> outcomes = new ArrayList<>();
        CompletableFuture<Void> both = new CompletableFuture<>();

        try (RocksLedger ledger = RocksLedger.open(TestChain.CHANNEL, store, full, loop, Runnable::run, Meters.NONE)) {
            for (int i = 0; i < 2; i++) {
                ledger.append(new TestChain().after(1, ledger.lastHash(), 10), failure -> {
                    outcomes.add(failure);
                    if (outcomes.size() == 2) {
                        both.complete(null);
                    }
                });
            }
            both.get();
            assertThat(ledger.height()).isEqualTo(1);
        }
        loop.close();

        assertThat(outcomes).allSatisfy(failure -> assertThat(failure).hasMessageContaining("No space left"));
    }

    @Test
    void keepsTheChainOfAChannelThatWasLeft() throws Exception {
        appendBlocks(3);

        directory.leave(TestChain.CHANNEL);
        assertThat(directory.joined()).isEmpty();
        assertThat(directory.left()).containsExactly(TestChain.CHANNEL);

        directory.rejoin(TestChain.CHANNEL);
        assertThat(directory.joined()).containsExactly(TestChain.CHANNEL);
        try (RocksLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(4);
        }
    }

    @Test
    void forgetsAChannelWhoseCreationWasCutShort() throws Exception {
        Files.createDirectories(root.resolve("_lagoon").resolve("chain"));

        LedgerDirectory again = LedgerDirectory.open(root, Meters.NONE);

        assertThat(again.joined()).containsExactly(TestChain.CHANNEL);
        assertThat(root.resolve("_lagoon")).doesNotExist();
    }

    @Test
    void createsNoLedgerTwiceAndNoneFromALaterBlock() {
        ByteString later =
                new TestChain().after(3, ByteString.copyFromUtf8("hash"), 10).bytes();

        assertThatThrownBy(() -> directory.create(TestChain.CHANNEL, TestChain.genesis()))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> directory.create(TestChain.CHANNEL, later)).hasMessageContaining("number 0");
        assertThatThrownBy(() -> directory.create(TestChain.CHANNEL, ByteString.copyFromUtf8("junk")))
                .hasMessageContaining("not a block");
    }

    private RocksLedger open() {
        return directory.open(TestChain.CHANNEL, new VirtualTime(1).newNode());
    }

    private void appendBlocks(int count) {
        TestChain blocks = new TestChain();
        try (RocksLedger ledger = open()) {
            ByteString previous = ledger.lastHash();
            for (long number = 1; number <= count; number++) {
                var block = blocks.after(number, previous, 500);
                previous = block.headerHash();
                ledger.append(block, failure -> {});
            }
        }
    }

    private void damageMiddle(String suffix) throws Exception {
        Path file = largest(suffix);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 0x55;
        Files.write(file, content);
    }

    private Path largest(String suffix) throws Exception {
        try (Stream<Path> files = Files.list(root.resolve("harbour").resolve("chain"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }
}
