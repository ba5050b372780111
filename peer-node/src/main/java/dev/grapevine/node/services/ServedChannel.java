package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.proto.ChannelId;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;

/** One channel's ledger and configuration, for queries. Its {@link DeliverChain} side checks {@code event/Block}. */
public interface ServedChannel extends DeliverChain {
    ChannelId id();

    BlockchainInfo info();

    Optional<Block> blockByHash(ByteString headerHash);

    Optional<Block> blockByTransaction(String transactionId);

    Optional<ProcessedTransaction> transaction(String transactionId);

    /** The newest configuration block. */
    Block configBlock();

    /** The configuration in force. */
    Config config();

    /** The organisations' MSPs and the orderers' endpoints, as service discovery gives them. */
    ConfigResult discoveryConfig();
}
