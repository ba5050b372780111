/**
 * The chains on disk: one RocksDB per channel, so that a channel can be saved, moved or thrown away as one folder and damage to
 * one does not touch the others.
 *
 * <p>Threads: {@link dev.grapevine.node.ledger.RocksLedger} is called on the node's loop and answers there; it writes on a
 * thread of its own, one per channel, and reads on a pool shared by all channels of a directory. {@link
 * dev.grapevine.node.ledger.Chain} reads on whatever thread asks, and blocks it.
 *
 * <p>What always holds: a block and its index entries are written in one batch; a block is announced as stored (its listener
 * told, its height counted, its content readable) only after a counted sync of the write-ahead log that covers it; blocks
 * form one chain without a gap from block 0.
 */
@NullMarked
package dev.grapevine.node.ledger;

import org.jspecify.annotations.NullMarked;
