package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.util.Optional;

/**
 * What gossip asks of cryptography (Fabric's message crypto service and security advisor in one). Answers follow the local
 * MSP and the configurations of the joined channels that are in force at the moment of the call. Safe from any thread; a
 * call costs between microseconds and a signature check or two.
 */
public interface MessageCrypto {
    /**
     * The validated-identity check (specification 12.5): well-formed and valid under the local MSP or under that of some
     * joined channel; an identity of our own organisation must satisfy both the local MSP and the channels'. Says nothing of
     * expiry.
     */
    Verdict<ValidIdentity> validate(ByteString identity);

    /** The organisation an identity belongs to; empty if no MSP we know can deserialise it. */
    Optional<MspId> organisationOf(ByteString identity);

    /**
     * Whether {@code signature} over {@code payload} is that of {@code identity}, and it is valid: directly for our own
     * organisation, by the Readers policy of any shared channel for others. False for anything malformed.
     */
    boolean verify(ByteString identity, ByteString signature, ByteString payload);

    /** Whether the signature satisfies {@code /Channel/Application/Readers} of one channel; false if it is not joined. */
    boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload);

    /**
     * Fabric's block verification with the well-formedness scan, under the configuration in force.
     *
     * @param number the number the sender claims
     * @param block a serialised common.Block
     */
    BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block);
}
