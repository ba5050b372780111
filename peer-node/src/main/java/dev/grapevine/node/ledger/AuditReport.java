package dev.grapevine.node.ledger;

/**
 * What an audit of a chain went through and found in order.
 *
 * @param blocks number of blocks checked
 * @param transactions number of transactions in them
 * @param bytes their size as stored
 */
public record AuditReport(long blocks, long transactions, long bytes) {}
