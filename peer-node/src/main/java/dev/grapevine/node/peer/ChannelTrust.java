package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Verdict;

/**
 * Whom to trust, by the configurations of the joined channels. Safe from any thread; what {@link #crypto} answers follows the
 * configuration that was put in force last.
 */
public interface ChannelTrust {
    MessageCrypto crypto();

    /**
     * Puts the configuration of a block in force that is trusted already: the one a channel is joined by, or the newest one
     * of our own ledger.
     *
     * @param configBlock a serialised common.Block
     */
    Verdict<ChannelSettings> open(ChannelId channel, ByteString configBlock);

    /**
     * Validates a configuration block as the successor of the configuration in force and puts it in force. Takes some
     * signature checks.
     */
    Verdict<ChannelSettings> succeed(VerifiedBlock configBlock);

    /** Forgets a channel that was left. */
    void close(ChannelId channel);
}
