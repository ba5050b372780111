/**
 * The ports of time and work. Protocol rooms take clocks, timers and randomness from {@link
 * dev.grapevine.proto.time.Scheduler} and send slow work through {@link dev.grapevine.proto.time.Workers}; nothing else
 * knows a clock or a thread. {@link dev.grapevine.proto.time.EventLoop} is the real one, {@link
 * dev.grapevine.proto.time.VirtualTime} the simulated one: same seed, same run.
 */
@NullMarked
package dev.grapevine.proto.time;

import org.jspecify.annotations.NullMarked;
