package dev.grapevine.node.orderer.development;

import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.config.OrdererSection;
import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;

/** The rules of a real channel configuration. */
record ConfiguredRules(ChannelConfig config, BatchLimits batch) implements ChannelRules {
    private static final String WRITERS = "/Channel/Writers";
    private static final String READERS = "/Channel/Readers";

    /** Reads them out of a configuration block. */
    static Verdict<ChannelRules> read(Block block, SignatureProvider provider) {
        return ChannelConfig.ofBlock(block, provider).then(ConfiguredRules::of);
    }

    private static Verdict<ChannelRules> of(ChannelConfig config) {
        Optional<OrdererSection> orderer = config.orderer();
        if (orderer.isEmpty()) {
            return Verdict.rejected("no-orderer-section", "the configuration does not say how to order");
        }
        if (orderer.get().consensusType().equals("BFT")) {
            return Verdict.rejected("unsupported-consensus", "BFT channels need a quorum; this is a single node");
        }
        return Verdict.accepted(new ConfiguredRules(config, orderer.get().batch()));
    }

    @Override
    public ChannelId channel() {
        return config.channel();
    }

    @Override
    public long sequence() {
        return config.sequence();
    }

    @Override
    public Optional<Rejection> mayWrite(SignedData request) {
        return evaluate(WRITERS, request);
    }

    @Override
    public Optional<Rejection> mayRead(SignedData request) {
        return evaluate(READERS, request);
    }

    private Optional<Rejection> evaluate(String policy, SignedData request) {
        return config.signatures(List.of(request)).evaluate(config.policy(policy));
    }

    @Override
    public Optional<Instant> expiry(SignedData request) {
        return config.msps()
                .deserialize(request.identity())
                .map(Identity::notAfter)
                .accepted();
    }

    @Override
    public Verdict<Successor> update(Envelope configUpdate) {
        return config.propose(configUpdate)
                .then(envelope ->
                        config.next(envelope).then(ConfiguredRules::of).map(next -> new Successor(envelope, next)));
    }
}
