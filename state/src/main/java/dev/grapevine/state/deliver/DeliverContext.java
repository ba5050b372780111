package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import dev.grapevine.state.OrdererStream;

/**
 * What the deliver clients of all channels of a node share.
 *
 * @param tlsCertHash SHA-256 of our TLS client certificate's DER form if {@code peer.tls.clientAuthRequired}, else empty
 */
public record DeliverContext(
        Scheduler scheduler,
        Workers workers,
        DistinctBlocks blocks,
        SigningIdentity self,
        ByteString tlsCertHash,
        OrdererStream.Source orderers,
        Meters meters,
        RejectionLog rejections) {}
