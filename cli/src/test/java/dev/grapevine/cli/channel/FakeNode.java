package dev.grapevine.cli.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.admin.AdminGrpc;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.AdminResponse;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import dev.grapevine.proto.admin.SignedAdminRequest;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Response;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** A node and an ordering service on one port of this machine, with one answer to each question. */
final class FakeNode implements AutoCloseable {
    static final Block BLOCK =
            Block.newBuilder().setHeader(BlockHeader.newBuilder().setNumber(6)).build();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int acceptedEnvelopes = Integer.MAX_VALUE;
    /** As if it were a plain Fabric peer, which has no Admin service. */
    volatile boolean plainFabric;
    /** As if the caller satisfied the Writers of the channel, but not its Readers. */
    volatile boolean refusingStatus;

    private final Server server;
    private final String address;

    FakeNode() throws IOException {
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                        InsecureServerCredentials.create())
                .addService(new Endorser())
                .addService(new Deliver())
                .addService(new Discovery())
                .addService(new Admin())
                .addService(new Broadcast())
                .build()
                .start();
        address = "127.0.0.1:" + server.getPort();
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <T> void answer(StreamObserver<T> client, T answer) {
        client.onNext(answer);
        client.onCompleted();
    }

    private final class Endorser extends EndorserGrpc.EndorserImplBase {
        @Override
        public void processProposal(SignedProposal signed, StreamObserver<ProposalResponse> client) {
            List<ByteString> arguments = arguments(signed);
            String function = arguments.get(0).toStringUtf8();
            calls.add(function);
            ByteString payload = switch (function) {
                case "GetChannels" ->
                    ChannelQueryResponse.newBuilder()
                            .addChannels(ChannelInfo.newBuilder().setChannelId("lab"))
                            .build()
                            .toByteString();
                case "GetChainInfo" ->
                    BlockchainInfo.newBuilder()
                            .setHeight(7)
                            .setCurrentBlockHash(ByteString.copyFrom(new byte[] {10}))
                            .build()
                            .toByteString();
                case "GetConfigBlock" -> BLOCK.toByteString();
                default -> ByteString.EMPTY;
            };
            boolean refused = function.equals("JoinChain") && arguments.get(1).isEmpty();
            answer(
                    client,
                    ProposalResponse.newBuilder()
                            .setResponse(org.hyperledger.fabric.protos.peer.Response.newBuilder()
                                    .setStatus(refused ? 500 : 200)
                                    .setMessage(refused ? "an empty block" : "")
                                    .setPayload(payload))
                            .build());
        }

        private static List<ByteString> arguments(SignedProposal signed) {
            try {
                ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(
                        Proposal.parseFrom(signed.getProposalBytes()).getPayload());
                return ChaincodeInvocationSpec.parseFrom(payload.getInput())
                        .getChaincodeSpec()
                        .getInput()
                        .getArgsList();
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class Deliver extends DeliverGrpc.DeliverImplBase {
        @Override
        public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> client) {
            return new Requests() {
                @Override
                public void onNext(Envelope envelope) {
                    client.onNext(DeliverResponse.newBuilder().setBlock(BLOCK).build());
                }
            };
        }
    }

    private static final class Discovery extends DiscoveryGrpc.DiscoveryImplBase {
        @Override
        public void discover(SignedRequest request, StreamObserver<Response> client) {
            PeerMembershipResult members = PeerMembershipResult.newBuilder()
                    .putPeersByOrg(
                            "Org1MSP",
                            Peers.newBuilder()
                                    .addPeers(peer(0))
                                    .addPeers(peer(1))
                                    .build())
                    .putPeersByOrg(
                            "Org2MSP", Peers.newBuilder().addPeers(peer(2)).build())
                    .build();
            answer(
                    client,
                    Response.newBuilder()
                            .addResults(QueryResult.newBuilder().setMembers(members))
                            .build());
        }

        private static Peer peer(int number) {
            return Peer.newBuilder()
                    .setIdentity(identity("peer" + number))
                    .setMembershipInfo(envelope(GossipMessage.newBuilder()
                            .setAliveMsg(AliveMessage.newBuilder()
                                    .setMembership(Member.newBuilder().setEndpoint("peer" + number + ":7051")))))
                    .setStateInfo(envelope(GossipMessage.newBuilder()
                            .setStateInfo(StateInfo.newBuilder()
                                    .setProperties(Properties.newBuilder().setLedgerHeight(7)))))
                    .build();
        }

        private static org.hyperledger.fabric.protos.gossip.Envelope envelope(GossipMessage.Builder message) {
            return SignedGossipMessage.unsigned(message.build()).envelope();
        }
    }

    private final class Admin extends AdminGrpc.AdminImplBase {
        @Override
        public void channelStatus(SignedAdminRequest signed, StreamObserver<ChannelStatusResponse> client) {
            if (refusingStatus) {
                client.onError(Status.PERMISSION_DENIED
                        .withDescription("not-a-reader: Readers is not satisfied")
                        .asException());
                return;
            }
            if (plainFabric) {
                client.onError(Status.UNIMPLEMENTED.asException());
                return;
            }
            try {
                answer(
                        client,
                        ChannelStatusResponse.newBuilder()
                                .setMspId("Org1MSP")
                                .setLeader(PkiId.of(SerializedIdentity.parseFrom(identity("peer1")))
                                        .bytes())
                                .build());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void leaveChannel(SignedAdminRequest signed, StreamObserver<AdminResponse> client) {
            try {
                String channel = AdminRequest.parseFrom(signed.getPayload())
                        .getLeaveChannel()
                        .getChannel();
                calls.add("leave " + channel);
                if (channel.equals("lab")) {
                    answer(client, AdminResponse.getDefaultInstance());
                } else {
                    client.onError(Status.NOT_FOUND
                            .withDescription("not in channel " + channel)
                            .asException());
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static ByteString identity(String certificate) {
        return SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8(certificate))
                .build()
                .toByteString();
    }

    private final class Broadcast extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
        @Override
        public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> client) {
            return new Requests() {
                private int accepted;

                @Override
                public void onNext(Envelope envelope) {
                    boolean good = accepted++ < acceptedEnvelopes;
                    client.onNext(BroadcastResponse.newBuilder()
                            .setStatus(
                                    good
                                            ? org.hyperledger.fabric.protos.common.Status.SUCCESS
                                            : org.hyperledger.fabric.protos.common.Status.FORBIDDEN)
                            .setInfo(good ? "" : "enough")
                            .build());
                }
            };
        }
    }

    /** A stream whose end is of no interest. */
    private abstract static class Requests implements StreamObserver<Envelope> {
        @Override
        public void onError(Throwable failure) {
            // The client hangs up when it has what it wants.
        }

        @Override
        public void onCompleted() {
            // Nothing is held open.
        }
    }
}
