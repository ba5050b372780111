/**
 * What is measured: an organisation, a channel with realistic blocks, and peers of it on this machine over real gRPC and TLS.
 * Used by one measuring thread; the peers have their own.
 */
@NullMarked
package dev.grapevine.benchmarks.network;

import org.jspecify.annotations.NullMarked;
