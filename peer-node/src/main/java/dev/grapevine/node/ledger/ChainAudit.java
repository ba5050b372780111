package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/** Checks stored blocks against each other, against their own hashes and against the indexes. */
final class ChainAudit {
    private final ChainStore store;
    private long transactions;
    private long bytes;

    ChainAudit(ChainStore store) {
        this.store = store;
    }

    /**
     * Checks the blocks from {@code first} up to and without {@code height}.
     *
     * @throws LedgerException at the first thing that is wrong
     */
    AuditReport run(long first, long height) {
        ByteString previous = first == 0
                ? ByteString.EMPTY
                : BlockHash.ofHeader(load(first - 1).getHeader());
        long lastConfig = -1;
        for (long number = first; number < height; number++) {
            Block block = load(number);
            previous = check(block, number, previous);
            lastConfig = StoredBlock.isConfiguration(block) ? number : lastConfig;
        }
        if (first == 0) {
            require(
                    store.lastConfig() == Math.max(lastConfig, 0),
                    "the last configuration block is " + lastConfig + ", noted is " + store.lastConfig());
        }
        return new AuditReport(height - first, transactions, bytes);
    }

    private Block load(long number) {
        ByteString stored =
                store.block(number).orElseThrow(() -> store.damaged("block " + number + " is missing", null));
        bytes += stored.size();
        return store.parse(number, stored);
    }

    private ByteString check(Block block, long number, ByteString previous) {
        String name = "block " + number;
        require(
                block.getHeader().getNumber() == number,
                name + " says it is " + block.getHeader().getNumber());
        require(block.getHeader().getPreviousHash().equals(previous), name + " does not follow the block before it");
        require(
                block.getHeader().getDataHash().equals(BlockHash.ofData(block)),
                "the data of " + name + " are not what its header says");
        ByteString hash = BlockHash.ofHeader(block.getHeader());
        require(store.numberOf(hash).equals(Optional.of(number)), "the hash of " + name + " is not indexed");
        for (int index = 0; index < block.getData().getDataCount(); index++) {
            checkTransaction(block, new TransactionPosition(number, index));
        }
        return hash;
    }

    private void checkTransaction(Block block, TransactionPosition position) {
        transactions++;
        StoredBlock.transactionId(block.getData().getData(position.index()))
                .ifPresent(id -> require(
                        store.isIndexed(id, position),
                        "transaction " + position.index() + " of block " + position.block() + " is not indexed"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw store.damaged(otherwise, null);
        }
    }
}
