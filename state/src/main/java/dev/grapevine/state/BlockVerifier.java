package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.proto.Rejection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has blocks verified, and tells a block that is too early from one that only claims to be. */
final class BlockVerifier {
    /** The reason given when the check itself failed: nobody's fault but ours. */
    static final String LOCAL_FAULT = "verification-failed";

    private final Logger log = LoggerFactory.getLogger(BlockVerifier.class);
    private final StateContext context;
    private final LongSupplier height;
    private final LongSupplier inForce;

    /**
     * @param height number of durable blocks; every configuration among them is applied
     * @param inForce number of the block that holds the configuration in force
     */
    BlockVerifier(StateContext context, LongSupplier height, LongSupplier inForce) {
        this.context = context;
        this.height = height;
        this.inForce = inForce;
    }

    /**
     * @param number the number the sender claims
     * @param done told on the loop; Premature only if the configuration block it names is really still to come
     */
    void verify(long number, ByteString block, Consumer<BlockVerdict> done) {
        long before = height.getAsLong();
        context.blocks()
                .verify(
                        context.channel(),
                        inForce.getAsLong(),
                        number,
                        block,
                        (verdict, failure) -> judge(number, block, before, verdict, failure, done));
    }

    private void judge(
            long number,
            ByteString block,
            long before,
            @Nullable BlockVerdict verdict,
            @Nullable Throwable failure,
            Consumer<BlockVerdict> done) {
        if (failure != null || verdict == null) {
            log.warn("block {} of {} could not be checked", Long.toUnsignedString(number), context.channel(), failure);
            done.accept(refused(LOCAL_FAULT, "the check of block " + Long.toUnsignedString(number) + " failed"));
        } else if (verdict instanceof BlockVerdict.Premature premature) {
            judgePremature(number, block, before, premature, done);
        } else {
            done.accept(verdict);
        }
    }

    private void judgePremature(
            long number, ByteString block, long before, BlockVerdict.Premature premature, Consumer<BlockVerdict> done) {
        long lastConfig = premature.lastConfig();
        boolean possible =
                Long.compareUnsigned(lastConfig, number) < 0 && Long.compareUnsigned(lastConfig, before) >= 0;
        if (!possible) {
            done.accept(refused(
                    "false-last-config",
                    "block " + Long.toUnsignedString(number) + " names block " + Long.toUnsignedString(lastConfig)
                            + " as its configuration, which is none"));
        } else if (Long.compareUnsigned(lastConfig, height.getAsLong()) < 0) {
            verify(number, block, done);
        } else {
            done.accept(premature);
        }
    }

    private static BlockVerdict refused(String reason, String detail) {
        return new BlockVerdict.Refused(new Rejection(reason, detail));
    }
}
