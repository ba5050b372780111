package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.LocalPeerQuery;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;

/** Service discovery queries, as the {@code discover} command makes them. */
public final class DiscoveryClient {
    private static final long TIMEOUT_SECONDS = 30;

    private final Connection connection;

    public DiscoveryClient(Connection connection) {
        this.connection = connection;
    }

    /** Everybody the node sees. */
    public PeerMembershipResult localPeers() {
        return members(Query.newBuilder()
                .setLocalPeers(LocalPeerQuery.getDefaultInstance())
                .build());
    }

    /** The peers of a channel. */
    public PeerMembershipResult peers(String channel) {
        return members(Query.newBuilder()
                .setChannel(channel)
                .setPeerQuery(PeerMembershipQuery.getDefaultInstance())
                .build());
    }

    private PeerMembershipResult members(Query query) {
        ByteString payload = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(connection.identity().serialized())
                        .setClientTlsCertHash(connection.tlsHash()))
                .addQueries(query)
                .build()
                .toByteString();
        SignedRequest request = SignedRequest.newBuilder()
                .setPayload(payload)
                .setSignature(connection.identity().sign(payload))
                .build();
        QueryResult result = connection.call(() -> DiscoveryGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .discover(request)
                .getResults(0));
        if (result.hasError()) {
            throw new CommandFailure("the node refused: " + result.getError().getContent());
        }
        return result.getMembers();
    }
}
