package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;

/** Where a chain ends: how many blocks it has and the header hash of the last. */
record Tip(long height, ByteString hash) {
    static final Tip NONE = new Tip(0, ByteString.EMPTY);
}
