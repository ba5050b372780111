package dev.grapevine.node.ledger;

/** Where a transaction is: in which block, and at which position of it, from 0. */
record TransactionPosition(long block, int index) {}
