package dev.grapevine.node.metrics;

import java.util.Map;

/** A sentence on each meter that has more to say than its name. */
final class Help {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("gossip_state_height", "Ledger height of the channel after the last commit."),
            Map.entry(
                    "gossip_state_commit_duration", "Seconds from handing a block to the ledger until it was durable."),
            Map.entry("gossip_payload_buffer_size", "Blocks that wait for the one before them or for the ledger."),
            Map.entry(
                    "gossip_leader_election_leader",
                    "1 while this peer leads its organisation in the channel, else 0."),
            Map.entry("gossip_comm_messages_sent", "Messages handed to a stream."),
            Map.entry("gossip_comm_messages_received", "Messages received on streams."),
            Map.entry("gossip_comm_overflow_count", "Messages not sent because the queue to a peer was full."),
            Map.entry("gossip_membership_total_peers_known", "Peers of the channel this peer knows to be alive."),
            Map.entry("gossip_rejected", "What was refused, by reason."),
            Map.entry("ledger_blockchain_height", "Number of blocks durably stored."),
            Map.entry("ledger_blockstorage_commit_time", "Seconds to write and sync one group of blocks."),
            Map.entry("ledger_wal_syncs", "Syncs of the write-ahead log; each may cover several blocks."),
            Map.entry("ledger_appended_bytes", "Bytes of blocks written."),
            Map.entry("process_cpu_seconds_total", "Processor time this process has used, in seconds."),
            Map.entry("process_open_fds", "Open file descriptors."),
            Map.entry("process_start_time_seconds", "When this process started, in seconds since 1970."),
            Map.entry("jvm_memory_used_bytes", "Memory in use, by area."),
            Map.entry("jvm_memory_max_bytes", "Most memory an area may use; -1 if that is not limited."),
            Map.entry("jvm_buffer_pool_used_bytes", "Memory of buffers outside the heap, by pool."),
            Map.entry("jvm_threads_current", "Live threads."),
            Map.entry("jvm_gc_collections", "Garbage collections so far, by collector."),
            Map.entry("jvm_gc_seconds", "Time spent in them, by collector."));

    private Help() {}

    static String of(String name) {
        return SENTENCES.getOrDefault(name, name.replace('_', ' ') + ".");
    }
}
