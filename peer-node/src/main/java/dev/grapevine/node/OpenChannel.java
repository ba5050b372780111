package dev.grapevine.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.node.ledger.Chain;
import dev.grapevine.node.ledger.ChainInfo;
import dev.grapevine.node.ledger.RocksLedger;
import dev.grapevine.node.services.AccessControl;
import dev.grapevine.node.services.ServedChannel;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** A channel that this node serves to clients: its ledger, and who may read it. Safe from any thread. */
final class OpenChannel implements ServedChannel {
    private static final String BLOCK_EVENTS = "event/Block";
    private static final String FILTERED_EVENTS = "event/FilteredBlock";

    private final RocksLedger ledger;
    private final ConfiguredTrust trust;
    private final AccessControl access;
    private final String resource;

    private OpenChannel(RocksLedger ledger, ConfiguredTrust trust, AccessControl access, String resource) {
        this.ledger = ledger;
        this.trust = trust;
        this.access = access;
        this.resource = resource;
    }

    OpenChannel(RocksLedger ledger, ConfiguredTrust trust, AccessControl access) {
        this(ledger, trust, access, BLOCK_EVENTS);
    }

    /** The same chain for those who may have filtered blocks only. */
    DeliverChain filtered() {
        return new OpenChannel(ledger, trust, access, FILTERED_EVENTS);
    }

    RocksLedger ledger() {
        return ledger;
    }

    private Chain chain() {
        return ledger.chain();
    }

    @Override
    public ChannelId id() {
        return ledger.channel();
    }

    @Override
    public long height() {
        return chain().height();
    }

    @Override
    public Block block(long number) {
        return chain().block(number)
                .map(OpenChannel::parse)
                .orElseThrow(() -> new IllegalStateException(id() + " has no block " + number));
    }

    private static Block parse(ByteString bytes) {
        try {
            return Block.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored block does not parse", e);
        }
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return ledger.onHeight(height -> listener.run());
    }

    private ChannelConfig channelConfig() {
        return trust.config(id()).orElseThrow(() -> new IllegalStateException(id() + " has no configuration"));
    }

    @Override
    public long configSequence() {
        return channelConfig().sequence();
    }

    @Override
    public Optional<Rejection> authorise(SignedData request) {
        return access.checkChannel(id(), resource, request);
    }

    @Override
    public Optional<Instant> expiry(SignedData request) {
        return trust.crypto().validate(request.identity()).accepted().map(ValidIdentity::notAfter);
    }

    @Override
    public BlockchainInfo info() {
        ChainInfo info = chain().info();
        return BlockchainInfo.newBuilder()
                .setHeight(info.height())
                .setCurrentBlockHash(info.currentHash())
                .setPreviousBlockHash(info.previousHash())
                .build();
    }

    @Override
    public Optional<Block> blockByHash(ByteString headerHash) {
        return chain().blockByHash(headerHash).map(OpenChannel::parse);
    }

    @Override
    public Optional<Block> blockByTransaction(String transactionId) {
        return chain().blockByTransaction(transactionId).map(OpenChannel::parse);
    }

    @Override
    public Optional<ProcessedTransaction> transaction(String transactionId) {
        return chain().transaction(transactionId).map(stored -> {
            try {
                return ProcessedTransaction.newBuilder()
                        .setTransactionEnvelope(Envelope.parseFrom(stored.envelope()))
                        .setValidationCode(TxValidationCode.NOT_VALIDATED_VALUE)
                        .build();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a stored transaction does not parse", e);
            }
        });
    }

    @Override
    public Block configBlock() {
        return block(chain().lastConfig());
    }

    @Override
    public Config config() {
        return channelConfig().message();
    }

    @Override
    public ConfigResult discoveryConfig() {
        return DiscoveryConfiguration.of(channelConfig());
    }
}
