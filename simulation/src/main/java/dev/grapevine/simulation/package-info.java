/**
 * Whole networks of peers in one JVM in virtual time: the classes of production over the in-memory transport. One seed decides
 * everything, so that a run can be repeated to the byte.
 */
@NullMarked
package dev.grapevine.simulation;

import org.jspecify.annotations.NullMarked;
