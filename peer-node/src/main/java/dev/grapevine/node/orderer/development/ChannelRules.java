package dev.grapevine.node.orderer.development;

import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;

/** What one configuration of a channel demands of its ordering service. Immutable; safe from any thread. */
interface ChannelRules {
    ChannelId channel();

    /** How many updates led to this configuration. */
    long sequence();

    BatchLimits batch();

    /** Why this request does not satisfy {@code /Channel/Writers}, if so. */
    Optional<Rejection> mayWrite(SignedData request);

    /** Why this request does not satisfy {@code /Channel/Readers}, if so. */
    Optional<Rejection> mayRead(SignedData request);

    /** When the requester's certificate expires; empty if that cannot be told. */
    Optional<Instant> expiry(SignedData request);

    /** What a signed update makes of this configuration, if it is authorised and consistent. */
    Verdict<Successor> update(Envelope configUpdate);

    /**
     * A configuration that may follow.
     *
     * @param envelope goes into the configuration block
     * @param rules hold from that block on
     */
    record Successor(ConfigEnvelope envelope, ChannelRules rules) {}
}
