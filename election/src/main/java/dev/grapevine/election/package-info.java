/**
 * Who leads: one peer of each organisation and channel is elected to pull blocks from the ordering service (Fabric's
 * gossip/election).
 *
 * <p>Everything lives on the node's loop; time and timers come from the node's scheduler and a phase arms at most one timer.
 * What always holds: a peer that follows, yields or has stopped never declares itself, and the listener hears each change of
 * leadership exactly once. Peers that cannot reach each other may each lead; once they can, the smallest PKI-ID remains.
 */
@NullMarked
package dev.grapevine.election;

import org.jspecify.annotations.NullMarked;
