package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;

/**
 * A transaction and where it is stored.
 *
 * @param envelope the serialised common.Envelope, as it was ordered
 * @param block number of the block that holds it
 * @param index its position in that block, from 0
 */
public record StoredTransaction(ByteString envelope, long block, int index) {}
