package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SharedVerdicts;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import dev.grapevine.state.OrdererEndpoint;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;

/** One simulated node's trust: signatures are modelled, and every configuration has the same organisations. */
final class ModelledTrust implements ChannelTrust {
    private final ModelledCrypto crypto;
    private final Map<MspId, List<AnchorPeer>> organisations;
    private final List<OrdererEndpoint> orderers;

    ModelledTrust(
            MspId own,
            SharedVerdicts verified,
            Map<MspId, List<AnchorPeer>> organisations,
            List<OrdererEndpoint> orderers) {
        this.crypto = new ModelledCrypto(own, verified);
        this.organisations = organisations;
        this.orderers = orderers;
    }

    @Override
    public MessageCrypto crypto() {
        return crypto;
    }

    /** Makes an identity invalid here, as a revocation list would. */
    void revoke(PkiId identity) {
        crypto.revoke(identity);
    }

    @Override
    public Verdict<ChannelSettings> open(ChannelId channel, ByteString configBlock) {
        try {
            long number = Block.parseFrom(configBlock).getHeader().getNumber();
            crypto.join(channel, organisations.keySet().toArray(MspId[]::new));
            return Verdict.accepted(putInForce(channel, number));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-block", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict<ChannelSettings> succeed(VerifiedBlock configBlock) {
        return Verdict.accepted(putInForce(configBlock.channel(), configBlock.number()));
    }

    private ChannelSettings putInForce(ChannelId channel, long block) {
        crypto.configure(channel, block);
        return new ChannelSettings(channel, block, block, organisations, orderers, List.of());
    }

    @Override
    public void close(ChannelId channel) {
        // A modelled channel holds nothing that would have to be given back.
    }
}
