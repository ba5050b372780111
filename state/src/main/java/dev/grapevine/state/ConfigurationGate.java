package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Rejection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a configuration block changes the channel. The node implements it; called on the loop.
 *
 * <p>Configuration block n is applied when all blocks before it are durable, then it is appended, and only when it is durable
 * does n+1 go on. After a crash in between the node reads the configuration from its ledger, where n is either there or is
 * applied once more: applying must not depend on having been done before.
 */
public interface ConfigurationGate {
    /** Number of the configuration block that is in force. */
    long inForce();

    /**
     * Validates a configuration block as a successor of the configuration in force and puts it in force.
     *
     * @param done told on the loop, once: empty when it is in force, or why it must not be, which halts the channel
     */
    void apply(VerifiedBlock config, Consumer<Optional<Rejection>> done);
}
