/**
 * Measurements of whole nodes: what a ledger commits, how fast blocks reach the last peer, how fast a newcomer catches up, and
 * what a network costs that has nothing to do. One measuring thread; see {@code docs/performance.md}.
 */
@NullMarked
package dev.grapevine.benchmarks;

import org.jspecify.annotations.NullMarked;
