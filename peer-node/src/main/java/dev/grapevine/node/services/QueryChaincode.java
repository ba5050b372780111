package dev.grapevine.node.services;

import static dev.grapevine.node.services.SystemChaincode.error;
import static dev.grapevine.node.services.SystemChaincode.success;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.grapevine.proto.Rejection;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.Response;

/** QSCC: queries on a channel's ledger. */
final class QueryChaincode implements SystemChaincode {
    static final String NAME = "qscc";
    private static final long LAST = -1;

    private final ServedChannels channels;
    private final AccessControl access;

    QueryChaincode(ServedChannels channels, AccessControl access) {
        this.channels = channels;
        this.access = access;
    }

    @Override
    public Response invoke(Proposal proposal) {
        int count = proposal.arguments().size();
        if (count < 2) {
            return error("Incorrect number of arguments, " + count);
        }
        String function = proposal.function();
        if (!function.equals("GetChainInfo") && count < 3) {
            return error("missing 3rd argument for " + function);
        }
        String name = proposal.arguments().get(1).toStringUtf8();
        Optional<ServedChannel> channel = channels.find(name);
        if (channel.isEmpty()) {
            return error("Invalid chain ID, " + name);
        }
        Optional<Rejection> refusal = access.checkChannel(channel.get().id(), NAME + "/" + function, proposal.caller());
        if (refusal.isPresent()) {
            return error("access denied for [" + function + "][" + name + "]: ["
                    + refusal.get().detail() + "]");
        }
        return query(
                function,
                channel.get(),
                count < 3 ? ByteString.EMPTY : proposal.arguments().get(2));
    }

    private static Response query(String function, ServedChannel channel, ByteString argument) {
        return switch (function) {
            case "GetChainInfo" -> success(channel.info().toByteString());
            case "GetBlockByNumber" -> byNumber(channel, argument.toStringUtf8());
            case "GetBlockByHash" -> found(channel.blockByHash(argument), "block with that hash");
            case "GetBlockByTxID" ->
                found(
                        channel.blockByTransaction(argument.toStringUtf8()),
                        "block with txID " + argument.toStringUtf8());
            case "GetTransactionByID" ->
                found(channel.transaction(argument.toStringUtf8()), "transaction with id " + argument.toStringUtf8());
            default -> error("Requested function " + function + " not found.");
        };
    }

    /** The largest 64-bit number stands for the last block, as in Fabric's block store. */
    private static Response byNumber(ServedChannel channel, String text) {
        long number;
        try {
            number = Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return error("Failed to parse block number '" + text + "': it must be a decimal number");
        }
        long height = channel.height();
        long wanted = number == LAST ? height - 1 : number;
        Optional<Block> block =
                Long.compareUnsigned(wanted, height) < 0 ? Optional.of(channel.block(wanted)) : Optional.empty();
        return found(block, "block number " + text);
    }

    private static Response found(Optional<? extends MessageLite> answer, String what) {
        return answer.map(message -> success(message.toByteString()))
                .orElseGet(() -> error("Failed to get " + what + ": there is none"));
    }
}
