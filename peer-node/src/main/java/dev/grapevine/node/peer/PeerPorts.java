package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.Transport;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.discovery.IncarnationStore;
import dev.grapevine.discovery.MembershipSnapshotStore;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import dev.grapevine.state.OrdererStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything a peer touches of the world.
 *
 * @param tlsTrust takes, on the loop, the PEM certificates of all TLS authorities the joined channels name, whenever they change
 * @param deliverTlsHash SHA-256 of our TLS client certificate if the ordering service binds requests to it, else empty
 */
public record PeerPorts(
        Scheduler scheduler,
        Workers workers,
        Transport transport,
        SigningIdentity self,
        ChannelTrust trust,
        OrdererStream.Source orderers,
        IncarnationStore incarnations,
        MembershipSnapshotStore snapshots,
        Consumer<List<ByteString>> tlsTrust,
        ByteString deliverTlsHash,
        InnerMessages messages,
        Meters meters) {}
