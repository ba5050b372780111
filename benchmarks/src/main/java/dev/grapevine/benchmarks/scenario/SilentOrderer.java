package dev.grapevine.benchmarks.scenario;

import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import org.hyperledger.fabric.protos.common.Envelope;

/** An ordering service that has no blocks, for leaders to wait at. */
final class SilentOrderer implements OrdererStream.Source {
    @Override
    public OrdererStream open(OrdererEndpoint endpoint, Envelope seek, OrdererStream.Listener listener) {
        return new OrdererStream() {
            @Override
            public void request() {
                // There is nothing to come.
            }

            @Override
            public void cancel() {
                // Nothing was begun.
            }
        };
    }
}
