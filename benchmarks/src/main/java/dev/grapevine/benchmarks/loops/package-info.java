/** The inner loops that everything else is made of, measured with JMH on one thread. */
@NullMarked
package dev.grapevine.benchmarks.loops;

import org.jspecify.annotations.NullMarked;
