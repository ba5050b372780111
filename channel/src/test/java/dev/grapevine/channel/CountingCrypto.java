package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.util.Optional;

/** Modelled cryptography that counts what it is asked, and can hold blocks for premature. */
final class CountingCrypto implements MessageCrypto {
    final ModelledCrypto modelled;
    int blocksVerified;
    int signaturesVerified;
    int readersVerified;
    /** From this number on, blocks depend on a configuration that is yet to come. */
    long prematureFrom = Long.MAX_VALUE;

    CountingCrypto(ModelledCrypto modelled) {
        this.modelled = modelled;
    }

    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        return modelled.validate(identity);
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        return modelled.organisationOf(identity);
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        signaturesVerified++;
        return modelled.verify(identity, signature, payload);
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        readersVerified++;
        return modelled.verifyByChannel(channel, identity, signature, payload);
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block) {
        blocksVerified++;
        return number >= prematureFrom
                ? new BlockVerdict.Premature(prematureFrom)
                : modelled.verifyBlock(channel, number, block);
    }
}
