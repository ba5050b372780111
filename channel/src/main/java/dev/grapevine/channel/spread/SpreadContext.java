package dev.grapevine.channel.spread;

import dev.grapevine.proto.time.Scheduler;
import java.util.function.Consumer;

/**
 * What all blocks of a channel that are being spread have in common.
 *
 * @param plainPeers Fabric peers that we send one block to, as many as Fabric would; they push on by themselves
 * @param capable the ring of those that speak our extensions
 * @param plain the ring of the others
 * @param behind who is too far behind to be sent what is new
 * @param answers how long an acknowledgement, or a block that was asked for, takes to come, sending apart
 * @param drop counts what is given up, by its reason
 */
record SpreadContext(
        Scheduler scheduler,
        SpreadConfig config,
        int plainPeers,
        Audience audience,
        CurrentRing capable,
        CurrentRing plain,
        DigestOutbox outbox,
        FarBehind behind,
        DelayEstimate answers,
        Consumer<String> drop) {}
