package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;

/**
 * Where a chain stands, as Fabric's GetChainInfo tells it.
 *
 * @param height number of blocks durably stored
 * @param currentHash header hash of the last of them; empty for an empty chain
 * @param previousHash header hash of the one before it; empty where there is none
 */
public record ChainInfo(long height, ByteString currentHash, ByteString previousHash) {}
