package dev.grapevine.crypto.config;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.policy.Policy;
import dev.grapevine.crypto.policy.PolicyTree;
import dev.grapevine.crypto.policy.SignatureSet;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;

/** One configuration of a channel, complete and consistent (Fabric's bundle). */
public final class ChannelConfig {
    /** The policy that a block's signatures must satisfy. */
    public static final String BLOCK_VALIDATION = "/Channel/Orderer/BlockValidation";

    /** The policy of whoever may read the channel, peers among them. */
    public static final String READERS = "/Channel/Application/Readers";

    private final ChannelId channel;
    private final Config config;
    private final Sections sections;
    private final PolicyTree policies;
    private final SignatureProvider provider;

    ChannelConfig(
            ChannelId channel, Config config, Sections sections, PolicyTree policies, SignatureProvider provider) {
        this.channel = channel;
        this.config = config;
        this.sections = sections;
        this.policies = policies;
        this.provider = provider;
    }

    /**
     * Reads a configuration as it stands, without asking how it came about: right for a genesis block, and for a block that
     * was committed before.
     *
     * @param provider what the channel's MSPs will verify signatures with
     */
    public static Verdict<ChannelConfig> ofBlock(Block block, SignatureProvider provider) {
        return ConfigBlock.read(block)
                .then(found -> of(found.channel(), found.envelope().getConfig(), provider));
    }

    /** Reads a configuration as it stands. */
    public static Verdict<ChannelConfig> of(ChannelId channel, Config config, SignatureProvider provider) {
        try {
            return Verdict.accepted(new ConfigReader(provider).read(channel, config));
        } catch (InvalidConfigException e) {
            return Verdict.rejected(e.why());
        }
    }

    /**
     * Validates the next configuration against this one: the update in it must be authorised by this configuration's policies
     * and result in exactly the configuration that is proposed.
     *
     * @return the next configuration
     */
    public Verdict<ChannelConfig> next(Block block) {
        return ConfigBlock.read(block).then(found -> {
            if (!found.channel().equals(channel)) {
                return Verdict.rejected(
                        "wrong-channel", "a configuration of " + found.channel() + ", not of " + channel);
            }
            return next(found.envelope());
        });
    }

    /** As {@link #next(Block)}, of the envelope in the block. */
    public Verdict<ChannelConfig> next(ConfigEnvelope envelope) {
        try {
            new ConfigUpdateCheck(this).check(envelope);
            ChannelConfig next = new ConfigReader(provider).read(channel, envelope.getConfig());
            Succession.check(this, next);
            return Verdict.accepted(next);
        } catch (InvalidConfigException e) {
            return Verdict.rejected(e.why());
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-config-update", String.valueOf(e.getMessage()));
        }
    }

    /**
     * What an update makes of this configuration, if it is authorised: what an orderer puts into a configuration block. Whether
     * the result may follow is for {@link #next(ConfigEnvelope)} to say.
     *
     * @param configUpdate a signed envelope of type CONFIG_UPDATE
     */
    public Verdict<ConfigEnvelope> propose(Envelope configUpdate) {
        try {
            Config proposed = Config.newBuilder()
                    .setSequence(sequence() + 1)
                    .setChannelGroup(new ConfigUpdateCheck(this).result(configUpdate))
                    .build();
            return Verdict.accepted(ConfigEnvelope.newBuilder()
                    .setConfig(proposed)
                    .setLastUpdate(configUpdate)
                    .build());
        } catch (InvalidConfigException e) {
            return Verdict.rejected(e.why());
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-config-update", String.valueOf(e.getMessage()));
        }
    }

    public ChannelId channel() {
        return channel;
    }

    /** How many updates have led to this configuration; an unsigned 64-bit value. */
    public long sequence() {
        return config.getSequence();
    }

    /** The configuration as a message. */
    public Config message() {
        return config;
    }

    /** The capabilities of the channel section. */
    public Capabilities capabilities() {
        return sections.capabilities();
    }

    /** Addresses of orderers for the whole channel, "host:port"; used where organisations give no endpoints. */
    public List<String> ordererAddresses() {
        return sections.ordererAddresses();
    }

    public ApplicationSection application() {
        return sections.application();
    }

    /** The orderer section; a channel without one accepts no blocks. */
    public Optional<OrdererSection> orderer() {
        return sections.orderer();
    }

    /** The MSPs of all organisations of the channel. */
    public Msps msps() {
        return sections.msps();
    }

    /** All policies; the root is the channel group. */
    public PolicyTree policies() {
        return policies;
    }

    /** The policy at an absolute path or one relative to the channel group; one that nothing satisfies if there is none. */
    public Policy policy(String path) {
        return policies.policy(path);
    }

    /** Finds out who really signed. */
    public SignatureSet signatures(List<SignedData> signatures) {
        Function<ByteString, Verdict<Identity>> deserializer = msps()::deserialize;
        return SignatureSet.of(signatures, deserializer);
    }

    /**
     * What a configuration says besides its policies.
     *
     * @param application peers and what they may do
     * @param orderer the ordering service
     */
    record Sections(
            Capabilities capabilities,
            List<String> ordererAddresses,
            ApplicationSection application,
            Optional<OrdererSection> orderer,
            Msps msps) {}
}
