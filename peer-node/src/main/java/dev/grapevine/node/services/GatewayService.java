package dev.grapevine.node.services;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;

/**
 * {@code gateway.Gateway}, which this peer does not offer: each call says so, and where to go instead. The client libraries
 * show their users this text; that of a service which is not there at all would send them looking for a wrong address.
 */
public final class GatewayService extends GatewayGrpc.GatewayImplBase {
    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> client) {
        refuse(client, "this peer runs no chaincode and cannot evaluate; use a peer that endorses");
    }

    @Override
    public void endorse(EndorseRequest request, StreamObserver<EndorseResponse> client) {
        refuse(client, "this peer runs no chaincode and cannot endorse; use a peer that endorses");
    }

    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> client) {
        refuse(client, "this peer submits nothing; use the gateway of a peer that endorses, or the ordering service");
    }

    @Override
    public void commitStatus(SignedCommitStatusRequest request, StreamObserver<CommitStatusResponse> client) {
        refuse(client, "this peer does not validate transactions and cannot tell their status; use a peer that does");
    }

    @Override
    public void chaincodeEvents(SignedChaincodeEventsRequest request, StreamObserver<ChaincodeEventsResponse> client) {
        refuse(client, "this peer cannot tell the events of valid transactions from others; use block events here");
    }

    private static void refuse(StreamObserver<?> client, String why) {
        client.onError(Status.UNIMPLEMENTED.withDescription(why).asRuntimeException());
    }
}
