/**
 * A model of vanilla Fabric 2.5 peers for networks of thousands: no messages are built, signed or parsed; what the peers know of
 * each other is tables of numbers. Timers, sizes of waiting lines and rules are those of Fabric's {@code core.yaml} and code, in
 * {@link dev.grapevine.simulation.fabric.FabricTimers} and {@link dev.grapevine.simulation.fabric.FabricLimits}. Everything
 * happens on the thread that lets time pass.
 */
@NullMarked
package dev.grapevine.simulation.fabric;

import org.jspecify.annotations.NullMarked;
