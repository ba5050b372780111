package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** What gossip sees of one local MSP and of no channel; {@code others} answers for identities of other organisations. */
record LocalMspCrypto(Msp msp, MessageCrypto others) implements MessageCrypto {
    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        Verdict<Identity> ours = msp.deserialize(identity);
        if (!ours.isAccepted()) {
            return others.validate(identity);
        }
        Optional<Rejection> fault = wellFormed(identity).or(() -> ours.value().validate());
        return fault.<Verdict<ValidIdentity>>map(Verdict::rejected)
                .orElseGet(() -> ours.map(valid ->
                        new ValidIdentity(valid.pkiId(), valid.mspId(), valid.serialized(), valid.notAfter())));
    }

    private static Optional<Rejection> wellFormed(ByteString identity) {
        try {
            return Identity.wellFormed(SerializedIdentity.parseFrom(identity).getIdBytes());
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(new Rejection("malformed-identity", "not a SerializedIdentity"));
        }
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        return msp.deserialize(identity).map(Identity::mspId).accepted();
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        return msp.deserialize(identity)
                .map(known -> known.validate().isEmpty() && known.verify(signature, payload))
                .accepted()
                .orElse(false);
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        return false;
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block) {
        return others.verifyBlock(channel, number, block);
    }
}
