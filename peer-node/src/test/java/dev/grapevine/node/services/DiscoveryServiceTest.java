package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.ConfigQuery;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.LocalPeerQuery;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryServiceTest {
    private static final ByteString TLS_HASH = ByteString.copyFromUtf8("hash of the client's certificate");
    private static final Query LOCAL = Query.newBuilder()
            .setLocalPeers(LocalPeerQuery.getDefaultInstance())
            .build();
    private static final Query IN_CHANNEL = Query.newBuilder()
            .setChannel("lab")
            .setPeerQuery(PeerMembershipQuery.getDefaultInstance())
            .build();
    private static final Query CONFIG = Query.newBuilder()
            .setChannel("lab")
            .setConfigQuery(ConfigQuery.getDefaultInstance())
            .build();

    private final MemoryChannels channels = new MemoryChannels(new MemoryChain("lab", TestBlocks.block(0)));
    private Loopback loopback;

    @BeforeEach
    void connect() throws IOException {
        DiscoveryService.Peers peers = new DiscoveryService.Peers() {
            @Override
            public PeerMembershipResult local() {
                return peersOf("LocalMSP");
            }

            @Override
            public PeerMembershipResult ofChannel(ChannelId channel) {
                return peersOf(channel.name());
            }
        };
        loopback = new Loopback(
                new DiscoveryService(channels, channels, peers, AccessControl.LocalRole.ADMIN, true, () -> TLS_HASH));
    }

    private static PeerMembershipResult peersOf(String organisation) {
        return PeerMembershipResult.newBuilder()
                .putPeersByOrg(organisation, Peers.getDefaultInstance())
                .build();
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void eachQueryHasItsAnswerInOrder() {
        List<QueryResult> results = ask("admin", TLS_HASH, LOCAL, IN_CHANNEL, CONFIG);

        assertThat(results.get(0).getMembers().getPeersByOrgMap()).containsOnlyKeys("LocalMSP");
        assertThat(results.get(1).getMembers().getPeersByOrgMap()).containsOnlyKeys("lab");
        assertThat(results.get(2).getConfigResult().getOrderersMap()).containsOnlyKeys("OrdererMSP");
        assertThat(channels.resources).containsExactly("discovery", "discovery");
    }

    @Test
    void onlyAdministratorsSeeTheWholeNetwork() {
        assertThat(error(ask("member", TLS_HASH, LOCAL))).isEqualTo("access denied");
    }

    @Test
    void strangersSeeNothingOfAChannelAndNotWhetherItIsHere() {
        Query elsewhere = IN_CHANNEL.toBuilder().setChannel("other").build();

        assertThat(error(ask("stranger", TLS_HASH, IN_CHANNEL))).isEqualTo("access denied");
        assertThat(error(ask("stranger", TLS_HASH, elsewhere))).isEqualTo("access denied");
    }

    @Test
    void whatThisPeerCannotKnowIsSaid() {
        Query endorsers = Query.newBuilder()
                .setChannel("lab")
                .setCcQuery(ChaincodeQuery.getDefaultInstance())
                .build();
        Query localOfChannel = LOCAL.toBuilder().setChannel("lab").build();

        assertThat(error(ask("reader", TLS_HASH, endorsers))).contains("not available");
        assertThat(error(ask("reader", TLS_HASH, localOfChannel))).isEqualTo("unknown or missing request type");
        assertThat(error(ask("admin", TLS_HASH, Query.getDefaultInstance())))
                .isEqualTo("unknown or missing request type");
    }

    @Test
    void aRequestMustNameItsCallerAndTheTlsCertificateItCameWith() {
        assertThatThrownBy(() -> ask("", TLS_HASH, LOCAL))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("client identity wasn't supplied");
        assertThatThrownBy(() -> ask("admin", ByteString.copyFromUtf8("another"), LOCAL))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("doesn't match");
    }

    private static String error(List<QueryResult> results) {
        return results.get(0).getError().getContent();
    }

    private List<QueryResult> ask(String caller, ByteString tlsHash, Query... queries) {
        Request request = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(ByteString.copyFromUtf8(caller))
                        .setClientTlsCertHash(tlsHash))
                .addAllQueries(List.of(queries))
                .build();
        return DiscoveryGrpc.newBlockingStub(loopback.channel())
                .discover(SignedRequest.newBuilder()
                        .setPayload(request.toByteString())
                        .build())
                .getResultsList();
    }
}
