package dev.grapevine.node.services;

import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** {@code protos.Endorser}: the door to the system chaincodes. Other chaincodes do not run on this peer. */
public final class EndorserService extends EndorserGrpc.EndorserImplBase {
    private final ServedChannels channels;
    private final AccessControl access;
    private final Map<String, SystemChaincode> chaincodes;
    private final Endorsements endorsements;

    /** @param self signs what is answered */
    public EndorserService(ServedChannels channels, AccessControl access, SigningIdentity self) {
        this.channels = channels;
        this.endorsements = new Endorsements(self);
        this.access = access;
        this.chaincodes = Map.of(
                ConfigurationChaincode.NAME, new ConfigurationChaincode(channels, access),
                QueryChaincode.NAME, new QueryChaincode(channels, access));
    }

    @Override
    public void processProposal(SignedProposal signed, StreamObserver<ProposalResponse> client) {
        Verdict<Proposal> unpacked = Proposal.unpack(signed);
        if (!unpacked.isAccepted()) {
            client.onError(Status.INVALID_ARGUMENT
                    .withDescription(
                            "error validating proposal: " + unpacked.rejection().detail())
                    .asRuntimeException());
            return;
        }
        Proposal proposal = unpacked.value();
        Optional<Rejection> stranger = stranger(proposal);
        if (stranger.isPresent()) {
            client.onError(Status.PERMISSION_DENIED
                    .withDescription("error validating proposal: access denied: channel [] creator is not of this"
                            + " peer's organisation: " + stranger.get().detail())
                    .asRuntimeException());
            return;
        }
        client.onNext(endorsements.answer(proposal, response(proposal)));
        client.onCompleted();
    }

    /** A proposal that names no channel in its header must come from our own organisation, whatever it asks for. */
    private Optional<Rejection> stranger(Proposal proposal) {
        return proposal.channel().isEmpty()
                ? access.checkLocal(AccessControl.LocalRole.MEMBER, proposal.caller())
                : Optional.empty();
    }

    private Response response(Proposal proposal) {
        if (!proposal.channel().isEmpty() && channels.find(proposal.channel()).isEmpty()) {
            return SystemChaincode.error("channel '" + proposal.channel() + "' not found");
        }
        SystemChaincode chaincode = chaincodes.get(proposal.chaincode());
        return chaincode == null
                ? SystemChaincode.error("chaincode " + proposal.chaincode()
                        + " is not available: this peer replicates the ledger and runs no chaincode but cscc and qscc")
                : chaincode.invoke(proposal);
    }
}
