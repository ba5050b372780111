package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredChaincodeAction;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.FilteredTransactionActions;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block reduced to its transactions' ids, types and validation codes. What does not parse is left out: a client's odd
 * transaction must not end everybody's event stream.
 */
final class FilteredBlocks {
    private static final Logger log = LoggerFactory.getLogger(FilteredBlocks.class);

    private FilteredBlocks() {}

    static FilteredBlock of(Block block) {
        FilteredBlock.Builder filtered =
                FilteredBlock.newBuilder().setNumber(block.getHeader().getNumber());
        ByteString codes = block.getMetadata().getMetadataCount() > BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE
                ? block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE)
                : ByteString.EMPTY;
        for (int index = 0; index < block.getData().getDataCount(); index++) {
            int code = index < codes.size()
                    ? Byte.toUnsignedInt(codes.byteAt(index))
                    : TxValidationCode.NOT_VALIDATED_VALUE;
            add(filtered, block.getData().getData(index), code);
        }
        return filtered.build();
    }

    private static void add(FilteredBlock.Builder filtered, ByteString entry, int code) {
        try {
            Payload payload = Payload.parseFrom(Envelope.parseFrom(entry).getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            filtered.setChannelId(header.getChannelId());
            FilteredTransaction.Builder transaction = FilteredTransaction.newBuilder()
                    .setTxid(header.getTxId())
                    .setTypeValue(header.getType())
                    .setTxValidationCodeValue(code);
            if (header.getType() == HeaderType.ENDORSER_TRANSACTION_VALUE) {
                transaction.setTransactionActions(actions(payload.getData()));
            }
            filtered.addFilteredTransactions(transaction);
        } catch (InvalidProtocolBufferException unreadable) {
            log.debug("block {} has an unreadable transaction", filtered.getNumber(), unreadable);
        }
    }

    private static FilteredTransactionActions actions(ByteString data) {
        FilteredTransactionActions.Builder actions = FilteredTransactionActions.newBuilder();
        try {
            for (TransactionAction action : Transaction.parseFrom(data).getActionsList()) {
                ChaincodeEvent event = event(action);
                if (!event.getChaincodeId().isEmpty()) {
                    actions.addChaincodeActions(FilteredChaincodeAction.newBuilder()
                            .setChaincodeEvent(event.toBuilder().clearPayload()));
                }
            }
        } catch (InvalidProtocolBufferException unreadable) {
            return FilteredTransactionActions.getDefaultInstance();
        }
        return actions.build();
    }

    private static ChaincodeEvent event(TransactionAction action) throws InvalidProtocolBufferException {
        ChaincodeActionPayload payload = ChaincodeActionPayload.parseFrom(action.getPayload());
        ProposalResponsePayload response =
                ProposalResponsePayload.parseFrom(payload.getAction().getProposalResponsePayload());
        return ChaincodeEvent.parseFrom(
                ChaincodeAction.parseFrom(response.getExtension()).getEvents());
    }
}
