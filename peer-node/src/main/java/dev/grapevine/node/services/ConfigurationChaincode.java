package dev.grapevine.node.services;

import static dev.grapevine.node.services.SystemChaincode.error;
import static dev.grapevine.node.services.SystemChaincode.success;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.node.services.AccessControl.LocalRole;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.Response;

/** CSCC: joins channels and tells of their configuration. */
final class ConfigurationChaincode implements SystemChaincode {
    static final String NAME = "cscc";

    private final ServedChannels channels;
    private final AccessControl access;

    ConfigurationChaincode(ServedChannels channels, AccessControl access) {
        this.channels = channels;
        this.access = access;
    }

    @Override
    public Response invoke(Proposal proposal) {
        return switch (proposal.function()) {
            case "JoinChain" -> withArgument(proposal, block -> join(proposal, block));
            case "GetChannels" -> list(proposal);
            case "GetConfigBlock" ->
                withArgument(
                        proposal,
                        name -> ofChannel(
                                proposal, name, channel -> channel.configBlock().toByteString()));
            case "GetChannelConfig" ->
                withArgument(
                        proposal,
                        name -> ofChannel(
                                proposal, name, channel -> channel.config().toByteString()));
            default -> error("Requested function " + proposal.function() + " not found.");
        };
    }

    private static Response withArgument(Proposal proposal, Function<ByteString, Response> function) {
        int count = proposal.arguments().size();
        return count < 2
                ? error("Incorrect number of arguments, " + count)
                : function.apply(proposal.arguments().get(1));
    }

    private Response join(Proposal proposal, ByteString bytes) {
        Optional<Rejection> refusal = access.checkLocal(LocalRole.ADMIN, proposal.caller());
        if (refusal.isPresent()) {
            return error("access denied for [JoinChain]: [" + refusal.get().detail() + "]");
        }
        try {
            Verdict<ChannelId> joined = channels.join(Block.parseFrom(bytes));
            return joined.isAccepted()
                    ? success(ByteString.EMPTY)
                    : error("\"JoinChain\" failed: " + joined.rejection().detail());
        } catch (InvalidProtocolBufferException e) {
            return error("Failed to reconstruct the genesis block, " + e.getMessage());
        }
    }

    private Response list(Proposal proposal) {
        Optional<Rejection> refusal = access.checkLocal(LocalRole.MEMBER, proposal.caller());
        if (refusal.isPresent()) {
            return error("access denied for [GetChannels]: [" + refusal.get().detail() + "]");
        }
        ChannelQueryResponse.Builder answer = ChannelQueryResponse.newBuilder();
        for (ChannelId channel : channels.names()) {
            answer.addChannels(ChannelInfo.newBuilder().setChannelId(channel.name()));
        }
        return success(answer.build().toByteString());
    }

    private Response ofChannel(Proposal proposal, ByteString name, Function<ServedChannel, ByteString> answer) {
        Optional<ServedChannel> channel = channels.find(name.toStringUtf8());
        if (channel.isEmpty()) {
            return error("Unknown channel ID, " + name.toStringUtf8());
        }
        Optional<Rejection> refusal =
                access.checkChannel(channel.get().id(), NAME + "/" + proposal.function(), proposal.caller());
        return refusal.isPresent()
                ? error("access denied for [" + proposal.function() + "][" + name.toStringUtf8() + "]: "
                        + refusal.get().detail())
                : success(answer.apply(channel.get()));
    }
}
