package dev.grapevine.node.ledger;

import dev.grapevine.crypto.VerifiedBlock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A block on its way to the disk, and who wants to know when it is there. */
record Append(VerifiedBlock block, Consumer<@Nullable Throwable> done) {
    int size() {
        return block.bytes().size();
    }

    Tip tip() {
        return new Tip(block.number() + 1, block.headerHash());
    }
}
