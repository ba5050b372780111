package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/**
 * A transaction on its way into a block.
 *
 * @param entry the serialised common.Envelope as it will stand in the block
 * @param size what it counts against the limits of a block, in bytes
 * @param done told once what became of it
 */
record Pending(ByteString entry, long size, Consumer<BroadcastResponse> done) {}
