/**
 * Who still lives, as Grapevine peers find out among themselves: probes straight and through others, suspicion that the
 * accused can refute, and what spreads the word (SWIM, Das, Gupta and Motivala, DSN 2002; Lifeguard, Dadgar, Phillips and
 * Currey, 2017; parameters and formulas as in memberlist).
 *
 * <p>Each algorithm is one file that knows neither links nor the table of peers; {@link
 * dev.grapevine.discovery.liveness.Swim} puts them together, on the node's loop. What always holds: a peer is given up only
 * by our own suspicion running out, never because another says so; whatever it costs to hear of a failure does not grow
 * with the number of peers, but for logarithms.
 */
@NullMarked
package dev.grapevine.discovery.liveness;

import org.jspecify.annotations.NullMarked;
