package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.Response;

/** A chaincode that is part of the peer. */
interface SystemChaincode {
    int OK = 200;
    int ERROR = 500;

    /** Runs the function that the proposal names, after checking that its caller may. */
    Response invoke(Proposal proposal);

    static Response success(ByteString payload) {
        return Response.newBuilder().setStatus(OK).setPayload(payload).build();
    }

    static Response error(String message) {
        return Response.newBuilder().setStatus(ERROR).setMessage(message).build();
    }
}
