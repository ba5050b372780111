package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * Cryptography for simulations: signatures are modelled as keyed hashes instead of computed, everything else (who is of which
 * organisation, who may read a channel, how blocks chain) behaves as with the real one. Never for a network: anybody can
 * forge these signatures.
 *
 * <p>One instance is one node's trust; not thread-safe while it is being changed.
 */
public final class ModelledCrypto implements MessageCrypto {
    private static final ByteString ORDERER = ByteString.copyFromUtf8("modelled orderer");

    private final Map<ChannelId, Set<MspId>> channels = new HashMap<>();
    private final Set<MspId> known = new HashSet<>();
    private final Set<PkiId> revoked = new HashSet<>();
    private final Map<ChannelId, Long> inForce = new HashMap<>();

    private final SharedVerdicts verified;

    /** @param own the organisation whose local MSP this node has */
    public ModelledCrypto(MspId own) {
        this(own, new SharedVerdicts());
    }

    /**
     * As the other.
     *
     * @param verified what nodes of the same network have verified
     */
    public ModelledCrypto(MspId own, SharedVerdicts verified) {
        this.verified = verified;
        known.add(own);
    }

    /** Makes the organisations of a channel known, as its configuration would. */
    public ModelledCrypto join(ChannelId channel, MspId... organisations) {
        Set<MspId> members = Set.of(organisations);
        channels.put(channel, members);
        known.addAll(members);
        return this;
    }

    /** Puts the configuration of one of a channel's blocks in force; that of block 0 is to start with. */
    public void configure(ChannelId channel, long number) {
        inForce.put(channel, number);
    }

    /** Number of the configuration block in force. */
    public long inForce(ChannelId channel) {
        return inForce.getOrDefault(channel, 0L);
    }

    /** Makes one identity invalid from now on, as a certificate revocation list would. */
    public void revoke(PkiId pkiId) {
        revoked.add(pkiId);
    }

    /** A member of an organisation; the same name always gives the same identity. */
    public static SigningIdentity identity(MspId mspId, String name) {
        SerializedIdentity identity = SerializedIdentity.newBuilder()
                .setMspid(mspId.name())
                .setIdBytes(ByteString.copyFromUtf8("modelled " + name))
                .build();
        return new Member(mspId, PkiId.of(identity), identity.toByteString());
    }

    private record Member(MspId mspId, PkiId pkiId, ByteString serialized) implements SigningIdentity {
        @Override
        public ByteString sign(ByteString payload) {
            return signature(serialized, payload);
        }
    }

    private static ByteString signature(ByteString identity, ByteString payload) {
        return Sha256.of(identity, payload);
    }

    /**
     * A well-formed block with one transaction per payload, signed by the modelled ordering service, under the configuration
     * of block 0.
     *
     * @param previousHash the header hash of the block before it; empty for block 0
     */
    public static ByteString block(ChannelId channel, long number, ByteString previousHash, List<ByteString> payloads) {
        return block(channel, number, previousHash, 0, payloads);
    }

    /**
     * As the other.
     *
     * @param lastConfig number of the last configuration block; its own number makes it one itself
     */
    public static ByteString block(
            ChannelId channel, long number, ByteString previousHash, long lastConfig, List<ByteString> payloads) {
        HeaderType type = number == lastConfig ? HeaderType.CONFIG : HeaderType.ENDORSER_TRANSACTION;
        BlockData.Builder data = BlockData.newBuilder();
        for (ByteString payload : payloads) {
            data.addData(transaction(channel, type, payload).toByteString());
        }
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(Sha256.of(data.getDataList()))
                .build();
        ByteString index = LastConfig.newBuilder().setIndex(lastConfig).build().toByteString();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(orderers(header, index))
                        .addMetadata(index))
                .build()
                .toByteString();
    }

    private static ByteString orderers(BlockHeader header, ByteString lastConfig) {
        return signature(ORDERER, BlockHash.headerBytes(header).concat(lastConfig));
    }

    /**
     * A chain of blocks from number 0, each with one transaction of {@code size} bytes.
     *
     * @param configs numbers of configuration blocks besides block 0, ascending
     */
    public static List<ByteString> chain(ChannelId channel, int length, int size, Integer... configs) {
        List<Integer> configurations = List.of(configs);
        List<ByteString> blocks = new ArrayList<>();
        ByteString previous = ByteString.EMPTY;
        int lastConfig = 0;
        for (int number = 0; number < length; number++) {
            lastConfig = configurations.contains(number) ? number : lastConfig;
            byte[] payload = new byte[size];
            Arrays.fill(payload, (byte) number);
            ByteString block = block(channel, number, previous, lastConfig, List.of(ByteString.copyFrom(payload)));
            blocks.add(block);
            try {
                previous = BlockHash.ofHeader(Block.parseFrom(block).getHeader());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("we have just made this block", e);
            }
        }
        return blocks;
    }

    private static Envelope transaction(ChannelId channel, HeaderType type, ByteString payload) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setChannelId(channel.name())
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .setData(payload)
                        .build()
                        .toByteString())
                .setSignature(ByteString.copyFromUtf8("modelled"))
                .build();
    }

    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        ValidIdentity said;
        try {
            said = verified.identity(identity);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-identity", e.getMessage());
        }
        if (!known.contains(said.mspId())) {
            return Verdict.rejected("unknown-organisation", "no MSP is known for '" + said.mspId() + "'");
        }
        return revoked.contains(said.pkiId())
                ? Verdict.rejected("revoked-identity", said.pkiId() + " is revoked")
                : Verdict.accepted(said);
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        try {
            return Optional.of(verified.identity(identity).mspId()).filter(known::contains);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        return validate(identity).isAccepted() && signature(identity, payload).equals(signature);
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        Set<MspId> members = channels.getOrDefault(channel, Set.of());
        return organisationOf(identity).filter(members::contains).isPresent() && verify(identity, signature, payload);
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString bytes) {
        if (!channels.containsKey(channel)) {
            return refused("unknown-channel", channel + " is not joined");
        }
        Optional<VerifiedBlock> known = verified.block(channel, number, bytes, inForce(channel));
        return known.isPresent() ? new BlockVerdict.Verified(known.get()) : verifyAnew(channel, number, bytes);
    }

    private BlockVerdict verifyAnew(ChannelId channel, long number, ByteString bytes) {
        try {
            Block block = Block.parseFrom(bytes);
            if (block.getHeader().getNumber() != number) {
                return refused(
                        "wrong-number",
                        "claimed " + number + ", is " + block.getHeader().getNumber());
            }
            if (block.getData().getDataCount() == 0 || !channelOf(block).equals(channel.name())) {
                return refused("wrong-channel", "not a block of " + channel);
            }
            ByteString index = block.getMetadata().getMetadataCount() == 2
                    ? block.getMetadata().getMetadata(1)
                    : ByteString.EMPTY;
            boolean signed = block.getMetadata().getMetadataCount() > 0
                    && orderers(block.getHeader(), index)
                            .equals(block.getMetadata().getMetadata(0));
            if (!signed || !BlockHash.ofData(block).equals(block.getHeader().getDataHash())) {
                return refused("bad-block", "hash or signature of block " + number + " is wrong");
            }
            long lastConfig = LastConfig.parseFrom(index).getIndex();
            if (lastConfig != number && Long.compareUnsigned(lastConfig, inForce(channel)) > 0) {
                return new BlockVerdict.Premature(lastConfig);
            }
            VerifiedBlock fresh = new VerifiedBlock(
                    channel,
                    bytes,
                    block,
                    BlockHash.ofHeader(block.getHeader()),
                    lastConfig,
                    lastConfig == number,
                    inForce(channel));
            verified.add(fresh);
            return new BlockVerdict.Verified(fresh);
        } catch (InvalidProtocolBufferException e) {
            return refused("malformed-block", e.getMessage());
        }
    }

    private static BlockVerdict refused(String reason, String detail) {
        return new BlockVerdict.Refused(new Rejection(reason, detail));
    }

    private static String channelOf(Block block) throws InvalidProtocolBufferException {
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getChannelId();
    }
}
