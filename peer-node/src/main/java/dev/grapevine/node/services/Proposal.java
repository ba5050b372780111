package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.Verdict;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * A signed proposal, unpacked and checked for form as Fabric's endorser does. The signature is not checked here: access control
 * does that together with the caller's role.
 *
 * @param channel the channel in its header; empty for calls to the peer as a whole
 * @param arguments the function's name and what it takes
 * @param hash what an endorsement names it by: over both headers and the payload without its transient part
 */
record Proposal(String channel, String chaincode, List<ByteString> arguments, SignedData caller, ByteString hash) {
    static Verdict<Proposal> unpack(SignedProposal signed) {
        try {
            org.hyperledger.fabric.protos.peer.Proposal proposal =
                    org.hyperledger.fabric.protos.peer.Proposal.parseFrom(signed.getProposalBytes());
            Header header = Header.parseFrom(proposal.getHeader());
            ChannelHeader channel = ChannelHeader.parseFrom(header.getChannelHeader());
            SignatureHeader signature = SignatureHeader.parseFrom(header.getSignatureHeader());
            String defect = defect(channel, signature, signed);
            if (!defect.isEmpty()) {
                return Verdict.rejected("bad-proposal", defect);
            }
            ChaincodeHeaderExtension extension = ChaincodeHeaderExtension.parseFrom(channel.getExtension());
            if (extension.getChaincodeId().getName().isEmpty()) {
                return Verdict.rejected("bad-proposal", "ChaincodeHeaderExtension.ChaincodeId.Name is empty");
            }
            ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
            ChaincodeInvocationSpec invocation = ChaincodeInvocationSpec.parseFrom(payload.getInput());
            return Verdict.accepted(new Proposal(
                    channel.getChannelId(),
                    extension.getChaincodeId().getName(),
                    invocation.getChaincodeSpec().getInput().getArgsList(),
                    new SignedData(signature.getCreator(), signed.getProposalBytes(), signed.getSignature()),
                    Sha256.of(
                            header.getChannelHeader(),
                            header.getSignatureHeader(),
                            payload.toBuilder().clearTransientMap().build().toByteString())));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("bad-proposal", "the proposal does not parse: " + e.getMessage());
        }
    }

    private static String defect(ChannelHeader channel, SignatureHeader signature, SignedProposal signed) {
        if (channel.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE
                && channel.getType() != HeaderType.CONFIG_VALUE) {
            return "invalid header type " + channel.getType();
        }
        if (channel.getEpoch() != 0) {
            return "epoch is non-zero";
        }
        if (signature.getNonce().isEmpty()) {
            return "nonce is empty";
        }
        if (signature.getCreator().isEmpty()) {
            return "creator is empty";
        }
        if (signed.getSignature().isEmpty()) {
            return "empty signature bytes";
        }
        String expected = Hex.of(Sha256.of(signature.getNonce(), signature.getCreator()));
        return channel.getTxId().equals(expected)
                ? ""
                : "incorrectly computed txid '" + channel.getTxId() + "' -- expected '" + expected + "'";
    }

    /** The function's name; empty if the call has no arguments. */
    String function() {
        return arguments.isEmpty() ? "" : arguments.get(0).toStringUtf8();
    }
}
