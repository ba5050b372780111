package dev.grapevine.node.orderer.development;

import dev.grapevine.proto.Rejection;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** Answers to Broadcast. */
final class Responses {
    static final BroadcastResponse SUCCESS =
            BroadcastResponse.newBuilder().setStatus(Status.SUCCESS).build();

    private Responses() {}

    static BroadcastResponse of(Status status, Rejection why) {
        return BroadcastResponse.newBuilder()
                .setStatus(status)
                .setInfo(why.toString())
                .build();
    }
}
