package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayServiceTest {
    private Loopback loopback;

    @BeforeEach
    void connect() throws IOException {
        loopback = new Loopback(new GatewayService());
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void everyCallSaysWhatThisPeerDoesNotDo() {
        GatewayGrpc.GatewayBlockingStub gateway = GatewayGrpc.newBlockingStub(loopback.channel());

        assertRefused(() -> gateway.evaluate(EvaluateRequest.getDefaultInstance()), "cannot evaluate");
        assertRefused(() -> gateway.endorse(EndorseRequest.getDefaultInstance()), "cannot endorse");
        assertRefused(() -> gateway.submit(SubmitRequest.getDefaultInstance()), "submits nothing");
        assertRefused(
                () -> gateway.commitStatus(SignedCommitStatusRequest.getDefaultInstance()),
                "does not validate transactions");
        assertRefused(
                () -> gateway.chaincodeEvents(SignedChaincodeEventsRequest.getDefaultInstance())
                        .next(),
                "use block events here");
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNIMPLEMENTED")
                .hasMessageContaining(why);
    }
}
