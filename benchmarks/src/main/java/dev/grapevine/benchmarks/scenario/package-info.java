/**
 * The scenarios in which Fabric's own gossip was measured, with peers of ours: everything real but the ledgers, which are
 * in memory. {@link dev.grapevine.benchmarks.scenario.Scenario} names them; {@code docs/performance.md} says what they mean.
 * One measuring thread runs a scenario; peers have their loops and share workers and network threads.
 */
@NullMarked
package dev.grapevine.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
