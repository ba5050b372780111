package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.Error;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.Response;
import org.hyperledger.fabric.protos.discovery.SignedRequest;

/** {@code discovery.Discovery}: peers of a channel, peers this node sees, a channel's configuration. */
public final class DiscoveryService extends DiscoveryGrpc.DiscoveryImplBase {
    /** Whom this node sees. Safe from any thread. */
    public interface Peers {
        /** Alive peers by organisation, with their alive messages. */
        PeerMembershipResult local();

        /** Those of them in a channel, with their state info too; this node included. */
        PeerMembershipResult ofChannel(ChannelId channel);
    }

    private final ServedChannels channels;
    private final AccessControl access;
    private final Peers peers;
    private final AccessControl.LocalRole localRole;
    private final boolean boundToTls;
    private final Supplier<ByteString> clientCertificateHash;

    /**
     * Answers service discovery queries.
     *
     * @param localRole who may ask for the peers this node sees, channel or not
     * @param boundToTls whether requests must name the TLS certificate of their client, as Fabric's must where clients have to
     *     present one
     * @param clientCertificateHash the hash of the TLS certificate of the call at hand
     */
    public DiscoveryService(
            ServedChannels channels,
            AccessControl access,
            Peers peers,
            AccessControl.LocalRole localRole,
            boolean boundToTls,
            Supplier<ByteString> clientCertificateHash) {
        this.channels = channels;
        this.access = access;
        this.peers = peers;
        this.localRole = localRole;
        this.boundToTls = boundToTls;
        this.clientCertificateHash = clientCertificateHash;
    }

    @Override
    public void discover(SignedRequest signed, StreamObserver<Response> client) {
        Request request;
        try {
            request = Request.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            refuse(client, "failed parsing request: " + e.getMessage());
            return;
        }
        String defect = defect(request);
        if (!defect.isEmpty()) {
            refuse(client, defect);
            return;
        }
        SignedData caller = new SignedData(
                request.getAuthentication().getClientIdentity(), signed.getPayload(), signed.getSignature());
        Response.Builder response = Response.newBuilder();
        for (Query query : request.getQueriesList()) {
            response.addResults(answer(query, caller));
        }
        client.onNext(response.build());
        client.onCompleted();
    }

    private static void refuse(StreamObserver<Response> client, String why) {
        client.onError(Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException());
    }

    private String defect(Request request) {
        if (request.getAuthentication().getClientIdentity().isEmpty()) {
            return "access denied, client identity wasn't supplied";
        }
        if (!boundToTls) {
            return "";
        }
        ByteString presented = clientCertificateHash.get();
        if (presented.isEmpty()) {
            return "client didn't send a TLS certificate";
        }
        return presented.equals(request.getAuthentication().getClientTlsCertHash())
                ? ""
                : "client claimed TLS hash doesn't match computed TLS hash from gRPC stream";
    }

    private QueryResult answer(Query query, SignedData caller) {
        if (query.getChannel().isEmpty()) {
            return access.checkLocal(localRole, caller).isPresent() ? error("access denied") : answerLocal(query);
        }
        Optional<ServedChannel> channel = channels.find(query.getChannel());
        if (channel.isEmpty()) {
            return error("access denied");
        }
        Optional<Rejection> refusal = access.checkChannel(channel.get().id(), "discovery", caller);
        return refusal.isPresent() ? error("access denied") : answerChannel(query, channel.get());
    }

    private QueryResult answerLocal(Query query) {
        return query.getQueryCase() == Query.QueryCase.LOCAL_PEERS
                ? QueryResult.newBuilder().setMembers(peers.local()).build()
                : error("unknown or missing request type");
    }

    private QueryResult answerChannel(Query query, ServedChannel channel) {
        return switch (query.getQueryCase()) {
            case CONFIG_QUERY ->
                QueryResult.newBuilder()
                        .setConfigResult(channel.discoveryConfig())
                        .build();
            case PEER_QUERY ->
                query.getPeerQuery().hasFilter()
                                && query.getPeerQuery().getFilter().getChaincodesCount() > 0
                        ? error(
                                "peers by chaincode are not available here: this peer does not know endorsement policies")
                        : QueryResult.newBuilder()
                                .setMembers(peers.ofChannel(channel.id()))
                                .build();
            case CC_QUERY ->
                error("endorsement queries are not available here: this peer runs no chaincode; ask an endorsing peer");
            default -> error("unknown or missing request type");
        };
    }

    private static QueryResult error(String content) {
        return QueryResult.newBuilder()
                .setError(Error.newBuilder().setContent(content))
                .build();
    }
}
