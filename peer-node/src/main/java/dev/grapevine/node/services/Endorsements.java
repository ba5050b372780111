package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;

/**
 * Endorses the answers of system chaincodes as Fabric's peers do: what was asked in a channel and answered with success is
 * signed, calls to the peer as a whole and errors are not. Clients with an SDK check it also of mere queries.
 */
final class Endorsements {
    /** The version that all system chaincodes go by. */
    private static final String SYSTEM_CHAINCODE_VERSION = "syscc";

    private final SigningIdentity self;

    Endorsements(SigningIdentity self) {
        this.self = self;
    }

    ProposalResponse answer(Proposal proposal, Response response) {
        ProposalResponse.Builder answer = ProposalResponse.newBuilder().setResponse(response);
        if (proposal.channel().isEmpty() || response.getStatus() != SystemChaincode.OK) {
            return answer.build();
        }
        ByteString payload = payload(proposal, response);
        return answer.setVersion(1)
                .setPayload(payload)
                .setEndorsement(Endorsement.newBuilder()
                        .setEndorser(self.serialized())
                        .setSignature(self.sign(payload.concat(self.serialized()))))
                .build();
    }

    /** Neither of our chaincodes touches any state or emits events, so results and events are empty. */
    private static ByteString payload(Proposal proposal, Response response) {
        ChaincodeAction action = ChaincodeAction.newBuilder()
                .setResponse(response)
                .setChaincodeId(
                        ChaincodeID.newBuilder().setName(proposal.chaincode()).setVersion(SYSTEM_CHAINCODE_VERSION))
                .build();
        return ProposalResponsePayload.newBuilder()
                .setProposalHash(proposal.hash())
                .setExtension(action.toByteString())
                .build()
                .toByteString();
    }
}
