package dev.grapevine.node.deliver;

import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Rejection;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/** A chain that Deliver streams read from. Safe from any thread; reading may wait for the disk. */
public interface DeliverChain {
    /** Number of blocks; at least one. */
    long height();

    /** A block below the height. */
    Block block(long number);

    /**
     * Calls {@code listener}, from any thread and never blocking, whenever the height or the configuration has changed.
     *
     * @return what ends the subscription
     */
    Runnable onChange(Runnable listener);

    /** Sequence of the configuration in force; a stream's authorisation is looked at again when it grows. */
    long configSequence();

    /** Why this client may not read, if so. */
    Optional<Rejection> authorise(SignedData seek);

    /** When the client's certificate expires; empty if that cannot be told. */
    Optional<Instant> expiry(SignedData seek);
}
