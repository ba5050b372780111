/** Runs a scenario: populates a network, has blocks ordered and faults happen, measures, and checks what must always hold. */
@NullMarked
package dev.grapevine.simulation.run;

import org.jspecify.annotations.NullMarked;
