package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.state.OrdererEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One channel's deliver client among scripted ordering nodes, in virtual time. */
class DeliverFixture {
    static final ChannelId CHANNEL = new ChannelId("mychannel");
    static final MspId ORG = new MspId("Org1MSP");
    static final ByteString TLS_HASH = ByteString.copyFromUtf8("hash of our TLS certificate");

    final VirtualTime time = new VirtualTime(3);
    final VirtualTime.Node node = time.newNode();
    final SigningIdentity self = ModelledCrypto.identity(ORG, "peer0");
    final ReconfigurableCrypto crypto = new ReconfigurableCrypto(new ModelledCrypto(ORG).join(CHANNEL, ORG));
    final ScriptedOrderers orderers = new ScriptedOrderers(node);
    final RecordingSink sink = new RecordingSink();
    final Map<String, Double> metrics = new HashMap<>();
    final List<Long> unreachableAt = new ArrayList<>();
    final List<ByteString> chain = ModelledCrypto.chain(CHANNEL, 40, 100);
    List<OrdererEndpoint> endpoints = endpoints("a:1", "b:2", "c:3");
    final DeliverClient client = client(DeliverConfig.defaults());

    DeliverClient client(DeliverConfig config) {
        Meters meters = new RecordingMeters(metrics);
        DeliverContext context = new DeliverContext(
                node,
                node,
                new DistinctBlocks(node, crypto::verifyBlock),
                self,
                TLS_HASH,
                orderers,
                meters,
                new RejectionLog(node, meters));
        return new DeliverClient(
                CHANNEL, config, context, () -> endpoints, sink, () -> unreachableAt.add(time.nanoTime()));
    }

    static List<OrdererEndpoint> endpoints(String... addresses) {
        return Stream.of(addresses)
                .map(address -> new OrdererEndpoint(address, List.of(ByteString.copyFromUtf8("root of " + address))))
                .toList();
    }

    void everyOrderer(ScriptedOrderers.Script script) {
        endpoints.forEach(endpoint -> orderers.script(endpoint.address(), script));
    }

    void runFor(Duration duration) {
        time.runFor(duration);
    }

    void runFor(int seconds) {
        runFor(Duration.ofSeconds(seconds));
    }
}
