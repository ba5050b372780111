package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Modelled cryptography in which blocks may depend on a configuration that has not been applied. */
final class ReconfigurableCrypto implements MessageCrypto {
    final List<Long> verified = new ArrayList<>();
    private final ModelledCrypto model;
    private LongFunction<@Nullable BlockVerdict> exception = number -> null;

    ReconfigurableCrypto(ModelledCrypto model) {
        this.model = model;
    }

    /** Blocks for which {@code verdict} is not null get that instead of the truth. */
    void except(LongFunction<@Nullable BlockVerdict> verdict) {
        exception = verdict;
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block) {
        verified.add(number);
        BlockVerdict verdict = exception.apply(number);
        return verdict != null ? verdict : model.verifyBlock(channel, number, block);
    }

    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        return model.validate(identity);
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        return model.organisationOf(identity);
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        return model.verify(identity, signature, payload);
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        return model.verifyByChannel(channel, identity, signature, payload);
    }
}
