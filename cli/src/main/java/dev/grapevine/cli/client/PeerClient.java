package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.grapevine.cli.CommandFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** Calls to the system chaincodes of a peer, as the {@code peer channel} command makes them. */
public final class PeerClient {
    private static final long TIMEOUT_SECONDS = 60;
    private static final int OK = 200;

    private final Connection connection;

    public PeerClient(Connection connection) {
        this.connection = connection;
    }

    /** Joins the channel of a configuration block. */
    public void join(ByteString block) {
        invoke("cscc", ByteString.copyFromUtf8("JoinChain"), block);
    }

    /** Names of the joined channels. */
    public List<String> channels() {
        ByteString answer = invoke("cscc", ByteString.copyFromUtf8("GetChannels"));
        return parse(answer, ChannelQueryResponse.parser()).getChannelsList().stream()
                .map(ChannelInfo::getChannelId)
                .toList();
    }

    /** Height and hashes of a chain. */
    public BlockchainInfo info(String channel) {
        return parse(query("GetChainInfo", channel), BlockchainInfo.parser());
    }

    /** One block of a chain. */
    public Block block(String channel, long number) {
        ByteString text = ByteString.copyFromUtf8(Long.toUnsignedString(number));
        return parse(query("GetBlockByNumber", channel, text), Block.parser());
    }

    /** The newest configuration block of a channel. */
    public Block configBlock(String channel) {
        ByteString name = ByteString.copyFromUtf8(channel);
        return parse(invoke("cscc", ByteString.copyFromUtf8("GetConfigBlock"), name), Block.parser());
    }

    private ByteString query(String function, String channel, ByteString... rest) {
        ByteString[] arguments = new ByteString[rest.length + 2];
        arguments[0] = ByteString.copyFromUtf8(function);
        arguments[1] = ByteString.copyFromUtf8(channel);
        System.arraycopy(rest, 0, arguments, 2, rest.length);
        return invoke("qscc", arguments);
    }

    private ByteString invoke(String chaincode, ByteString... arguments) {
        ByteString proposal = proposal(chaincode, List.of(arguments)).toByteString();
        SignedProposal signed = SignedProposal.newBuilder()
                .setProposalBytes(proposal)
                .setSignature(connection.identity().sign(proposal))
                .build();
        Response response = connection.call(() -> EndorserGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .processProposal(signed)
                .getResponse());
        if (response.getStatus() != OK) {
            throw new CommandFailure("the node refused: " + response.getMessage());
        }
        return response.getPayload();
    }

    private Proposal proposal(String chaincode, List<ByteString> arguments) {
        ChaincodeID id = ChaincodeID.newBuilder().setName(chaincode).build();
        SignatureHeader signature = connection.signatureHeader();
        ChannelHeader header = connection
                .channelHeader(HeaderType.ENDORSER_TRANSACTION, "")
                .setTxId(Connection.transactionId(signature))
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(id)
                        .build()
                        .toByteString())
                .build();
        ChaincodeInvocationSpec invocation = ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder()
                        .setType(ChaincodeSpec.Type.GOLANG)
                        .setChaincodeId(id)
                        .setInput(ChaincodeInput.newBuilder().addAllArgs(arguments)))
                .build();
        return Proposal.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signature.toByteString())
                        .build()
                        .toByteString())
                .setPayload(ChaincodeProposalPayload.newBuilder()
                        .setInput(invocation.toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    private static <M> M parse(ByteString bytes, Parser<M> parser) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure("the node's answer does not parse", e);
        }
    }
}
