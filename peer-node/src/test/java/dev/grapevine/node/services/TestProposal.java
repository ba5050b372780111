package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import java.util.List;
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
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** Proposals as Fabric's clients make them, with headers that a test may spoil. */
final class TestProposal {
    final SignatureHeader.Builder signature = SignatureHeader.newBuilder().setNonce(ByteString.copyFromUtf8("a nonce"));
    final ChannelHeader.Builder channel = ChannelHeader.newBuilder().setType(HeaderType.ENDORSER_TRANSACTION_VALUE);
    private final List<ByteString> arguments;

    TestProposal(String caller, String chaincode, List<ByteString> arguments) {
        this.arguments = arguments;
        signature.setCreator(ByteString.copyFromUtf8(caller));
        ChaincodeID id = ChaincodeID.newBuilder().setName(chaincode).build();
        channel.setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(id)
                        .build()
                        .toByteString())
                .setTxId(Hex.of(Sha256.of(signature.getNonce(), signature.getCreator())));
    }

    private ByteString payload() {
        ChaincodeInvocationSpec invocation = ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder()
                        .setInput(ChaincodeInput.newBuilder().addAllArgs(arguments)))
                .build();
        return ChaincodeProposalPayload.newBuilder()
                .setInput(invocation.toByteString())
                .build()
                .toByteString();
    }

    /** What Fabric's clients expect an endorsement to name it by; nothing in it is transient. */
    ByteString hash() {
        return Sha256.of(channel.build().toByteString(), signature.build().toByteString(), payload());
    }

    SignedProposal signed() {
        Header header = Header.newBuilder()
                .setChannelHeader(channel.build().toByteString())
                .setSignatureHeader(signature.build().toByteString())
                .build();
        return SignedProposal.newBuilder()
                .setProposalBytes(Proposal.newBuilder()
                        .setHeader(header.toByteString())
                        .setPayload(payload())
                        .build()
                        .toByteString())
                .setSignature(ByteString.copyFromUtf8("signature"))
                .build();
    }
}
