package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MspId;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndorserServiceTest {
    private static final Block TIP = TestBlocks.block(1);
    private static final SigningIdentity PEER = ModelledCrypto.identity(new MspId("Org1MSP"), "peer0");
    private final MemoryChannels channels = new MemoryChannels(new MemoryChain("lab", TestBlocks.block(0), TIP));
    private Loopback loopback;

    @BeforeEach
    void connect() throws IOException {
        loopback = new Loopback(new EndorserService(channels, channels, PEER));
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void administratorsJoinChannels() throws InvalidProtocolBufferException {
        Response joined =
                call("admin", "cscc", text("JoinChain"), TestBlocks.block(7).toByteString());

        assertThat(joined.getStatus()).isEqualTo(200);
        Response listed = call("member", "cscc", text("GetChannels"));
        assertThat(ChannelQueryResponse.parseFrom(listed.getPayload()).getChannelsList())
                .extracting(ChannelInfo::getChannelId)
                .containsExactly("joined-7", "lab");
    }

    @Test
    void nobodyElseJoinsChannels() {
        assertRefused(
                call("member", "cscc", text("JoinChain"), TestBlocks.block(7).toByteString()), "access denied");
        assertThat(channels.names()).hasSize(1);
    }

    @Test
    void whoIsOfAnotherOrganisationMustNameTheChannelItIsAMemberOf() throws InvalidProtocolBufferException {
        TestProposal proposal = new TestProposal("foreigner", "qscc", Arrays.asList(text("GetChainInfo"), text("lab")));
        assertThatThrownBy(() -> send(proposal))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("access denied: channel []");

        proposal.channel.setChannelId("lab");
        assertThat(BlockchainInfo.parseFrom(send(proposal).getPayload()).getHeight())
                .isEqualTo(2);
    }

    @Test
    void joiningTwiceOrByGarbageIsRefusedWithTheReason() {
        ByteString block = TestBlocks.block(7).toByteString();
        call("admin", "cscc", text("JoinChain"), block);

        assertRefused(call("admin", "cscc", text("JoinChain"), block), "already exists");
        assertRefused(call("admin", "cscc", text("JoinChain"), text("\u0001x")), "Failed to reconstruct");
        assertRefused(call("admin", "cscc", text("JoinChain")), "Incorrect number of arguments, 1");
    }

    @Test
    void givesTheConfigurationOfAChannel() throws InvalidProtocolBufferException {
        Response block = call("reader", "cscc", text("GetConfigBlock"), text("lab"));
        Response config = call("reader", "cscc", text("GetChannelConfig"), text("lab"));

        assertThat(Block.parseFrom(block.getPayload())).isEqualTo(TestBlocks.block(0));
        assertThat(Config.parseFrom(config.getPayload()).getSequence()).isEqualTo(1);
        assertThat(channels.resources).containsExactly("cscc/GetConfigBlock", "cscc/GetChannelConfig");
        assertRefused(call("reader", "cscc", text("GetConfigBlock"), text("other")), "Unknown channel ID, other");
        assertRefused(callAsStranger("cscc", text("GetConfigBlock"), text("lab")), "access denied");
    }

    @Test
    void answersQueriesOnTheLedger() throws InvalidProtocolBufferException {
        assertThat(BlockchainInfo.parseFrom(query("GetChainInfo").getPayload()).getHeight())
                .isEqualTo(2);
        assertThat(block(query("GetBlockByNumber", text("1")))).isEqualTo(TIP);
        assertThat(block(query("GetBlockByHash", BlockHash.ofHeader(TIP.getHeader()))))
                .isEqualTo(TIP);
        assertThat(block(query("GetBlockByTxID", text("tx-1")))).isEqualTo(TIP);
        assertThat(ProcessedTransaction.parseFrom(
                                query("GetTransactionByID", text("tx-1")).getPayload())
                        .getValidationCode())
                .isEqualTo(1);
        assertThat(channels.resources)
                .containsExactly(
                        "qscc/GetChainInfo",
                        "qscc/GetBlockByNumber",
                        "qscc/GetBlockByHash",
                        "qscc/GetBlockByTxID",
                        "qscc/GetTransactionByID");
    }

    @Test
    void theLargestNumberStandsForTheLastBlock() throws InvalidProtocolBufferException {
        assertThat(block(query("GetBlockByNumber", text("18446744073709551615"))))
                .isEqualTo(TIP);
    }

    @Test
    void tellsWhatIsNotThere() {
        assertRefused(query("GetBlockByNumber", text("2")), "Failed to get block number 2");
        assertRefused(query("GetBlockByNumber", text("two")), "Failed to parse block number");
        assertRefused(query("GetBlockByHash", text("x")), "Failed to get block");
        assertRefused(query("GetTransactionByID", text("x")), "Failed to get transaction with id x");
        assertRefused(query("GetBlockByNumber"), "missing 3rd argument");
        assertRefused(query("GetEverything", text("x")), "Requested function GetEverything not found.");
        assertRefused(call("reader", "qscc", text("GetChainInfo"), text("other")), "Invalid chain ID, other");
        assertRefused(callAsStranger("qscc", text("GetChainInfo"), text("lab")), "access denied");
    }

    @Test
    void otherChaincodesDoNotRunHere() {
        assertRefused(call("reader", "fabcar", text("query")), "chaincode fabcar is not available");
    }

    @Test
    void aProposalForAnUnknownChannelIsAnsweredSo() {
        TestProposal proposal = new TestProposal("admin", "cscc", Arrays.asList(text("GetChannels")));
        proposal.channel.setChannelId("other");

        assertRefused(send(proposal), "channel 'other' not found");
    }

    @Test
    void endorsesWhatIsAnsweredInAChannel() throws InvalidProtocolBufferException {
        TestProposal proposal = new TestProposal("reader", "qscc", List.of(text("GetChainInfo"), text("lab")));
        proposal.channel.setChannelId("lab");

        ProposalResponse answer = answer(proposal);

        ByteString endorser = answer.getEndorsement().getEndorser();
        assertThat(answer.getVersion()).isEqualTo(1);
        assertThat(endorser).isEqualTo(PEER.serialized());
        assertThat(new ModelledCrypto(PEER.mspId())
                        .verify(
                                endorser,
                                answer.getEndorsement().getSignature(),
                                answer.getPayload().concat(endorser)))
                .isTrue();
        ProposalResponsePayload payload = ProposalResponsePayload.parseFrom(answer.getPayload());
        assertThat(payload.getProposalHash()).isEqualTo(proposal.hash());
        ChaincodeAction action = ChaincodeAction.parseFrom(payload.getExtension());
        assertThat(action.getResponse()).isEqualTo(answer.getResponse());
        assertThat(action.getChaincodeId().getName()).isEqualTo("qscc");
        assertThat(action.getChaincodeId().getVersion()).isEqualTo("syscc");
        assertThat(action.getResults()).isEmpty();
    }

    @Test
    void endorsesNeitherErrorsNorWhatIsAskedOfThePeerAsAWhole() {
        TestProposal refused = new TestProposal("stranger", "qscc", List.of(text("GetChainInfo"), text("lab")));
        refused.channel.setChannelId("lab");

        assertThat(answer(refused).hasEndorsement()).isFalse();
        assertThat(answer(new TestProposal("member", "cscc", List.of(text("GetChannels"))))
                        .hasEndorsement())
                .isFalse();
    }

    @Test
    void malformedProposalsEndTheCall() {
        assertMalformed(proposal -> proposal.signature.clearNonce(), "nonce is empty");
        assertMalformed(proposal -> proposal.signature.clearCreator(), "creator is empty");
        assertMalformed(proposal -> proposal.channel.setTxId("made-up"), "incorrectly computed txid");
        assertMalformed(proposal -> proposal.channel.setEpoch(1), "epoch is non-zero");
        assertMalformed(proposal -> proposal.channel.setType(0), "invalid header type 0");
        assertMalformed(proposal -> proposal.channel.clearExtension(), "ChaincodeId.Name is empty");
    }

    private void assertMalformed(Consumer<TestProposal> spoil, String why) {
        TestProposal proposal = new TestProposal("admin", "cscc", Arrays.asList(text("GetChannels")));
        spoil.accept(proposal);

        assertThatThrownBy(() -> send(proposal))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining(why);
    }

    private Response query(String function, ByteString... rest) {
        ByteString[] arguments = new ByteString[rest.length + 2];
        arguments[0] = text(function);
        arguments[1] = text("lab");
        System.arraycopy(rest, 0, arguments, 2, rest.length);
        return call("reader", "qscc", arguments);
    }

    private Response call(String caller, String chaincode, ByteString... arguments) {
        return send(new TestProposal(caller, chaincode, Arrays.asList(arguments)));
    }

    private Response callAsStranger(String chaincode, ByteString... arguments) {
        TestProposal proposal = new TestProposal("stranger", chaincode, Arrays.asList(arguments));
        proposal.channel.setChannelId("lab");
        return send(proposal);
    }

    private Response send(TestProposal proposal) {
        return answer(proposal).getResponse();
    }

    private ProposalResponse answer(TestProposal proposal) {
        return EndorserGrpc.newBlockingStub(loopback.channel()).processProposal(proposal.signed());
    }

    private static Block block(Response response) throws InvalidProtocolBufferException {
        assertThat(response.getStatus()).as(response.getMessage()).isEqualTo(200);
        return Block.parseFrom(response.getPayload());
    }

    private static void assertRefused(Response response, String why) {
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getMessage()).contains(why);
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
