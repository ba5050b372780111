package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;

/**
 * The cryptography of a node on a network: its local MSP, and the configurations of the channels it has joined as they are
 * in force. Safe from any thread; a change of configuration replaces everything at once, so that no check ever sees half of
 * it, and readers never wait.
 */
public final class NetworkTrust implements MessageCrypto {
    private final AtomicReference<Trust> trust;

    /** @param local the MSP of the node's own organisation */
    public NetworkTrust(Msp local) {
        this.trust = new AtomicReference<>(Trust.in(local));
    }

    /**
     * Puts a channel's configuration in force, at joining and with every configuration block.
     *
     * @param configBlock number of the block that holds it
     */
    public void apply(ChannelId channel, ChannelConfig config, long configBlock) {
        Trust.JoinedChannel joined = new Trust.JoinedChannel(config, configBlock);
        trust.updateAndGet(before -> before.with(channel, joined));
    }

    /** Forgets a channel; identities known through it alone are unknown from now on. */
    public void leave(ChannelId channel) {
        trust.updateAndGet(before -> before.without(channel));
    }

    /** The configuration in force of a joined channel. */
    public Optional<ChannelConfig> config(ChannelId channel) {
        return trust.get().channel(channel).map(Trust.JoinedChannel::config);
    }

    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        return trust.get()
                .validate(identity)
                .map(valid -> new ValidIdentity(valid.pkiId(), valid.mspId(), valid.serialized(), valid.notAfter()));
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        return trust.get().deserialize(identity).map(Identity::mspId);
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        Trust now = trust.get();
        Verdict<Identity> valid = now.validate(identity);
        if (!valid.isAccepted()) {
            return false;
        }
        if (valid.value().mspId().equals(now.local().id())) {
            return valid.value().verify(signature, payload);
        }
        SignedData signed = new SignedData(identity, payload, signature);
        for (Trust.JoinedChannel joined : now.channels()) {
            if (joined.config().msps().msp(valid.value().mspId()).isPresent() && maySign(joined, signed)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        SignedData signed = new SignedData(identity, payload, signature);
        return trust.get()
                .channel(channel)
                .filter(joined -> maySign(joined, signed))
                .isPresent();
    }

    private static boolean maySign(Trust.JoinedChannel joined, SignedData signed) {
        return fault(joined.config(), ChannelConfig.READERS, signed).isEmpty();
    }

    private static Optional<Rejection> fault(ChannelConfig config, String policy, SignedData signed) {
        return config.signatures(List.of(signed)).evaluate(config.policy(policy));
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block) {
        return trust.get()
                .channel(channel)
                .map(joined -> new BlockVerifier(joined.config(), joined.configBlock()).verify(number, block))
                .orElseGet(() -> new BlockVerdict.Refused(unknown(channel)));
    }

    /**
     * Checks a signature against a policy of a channel, as services do for their clients.
     *
     * @param policy a path, or a name relative to the channel group
     * @return who has signed
     */
    public Verdict<Identity> evaluate(ChannelId channel, String policy, SignedData signed) {
        Optional<ChannelConfig> config = config(channel);
        if (config.isEmpty()) {
            return Verdict.rejected(unknown(channel));
        }
        Optional<Rejection> why = fault(config.get(), policy, signed);
        return why.<Verdict<Identity>>map(Verdict::rejected)
                .orElseGet(() -> config.get().msps().deserialize(signed.identity()));
    }

    /** Checks that a signature is of a member of the node's own organisation (Fabric's local policy Members). */
    public Verdict<Identity> evaluateLocalMember(SignedData signed) {
        return evaluateLocally(MSPRole.MSPRoleType.MEMBER, signed);
    }

    /** Checks that a signature is of an administrator of the node's own organisation (Fabric's local policy Admins). */
    public Verdict<Identity> evaluateLocalAdmin(SignedData signed) {
        return evaluateLocally(MSPRole.MSPRoleType.ADMIN, signed);
    }

    private Verdict<Identity> evaluateLocally(MSPRole.MSPRoleType role, SignedData signed) {
        Msp local = trust.get().local();
        MSPPrincipal principal = MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(local.id().name())
                        .setRole(role)
                        .build()
                        .toByteString())
                .build();
        return local.deserialize(signed.identity()).then(identity -> {
            if (!identity.verify(signed.signature(), signed.data())) {
                return Verdict.rejected("bad-signature", "the signature is not of " + identity);
            }
            return identity.satisfies(principal)
                    .<Verdict<Identity>>map(Verdict::rejected)
                    .orElseGet(() -> Verdict.accepted(identity));
        });
    }

    private static Rejection unknown(ChannelId channel) {
        return new Rejection("unknown-channel", channel + " is not joined");
    }
}
