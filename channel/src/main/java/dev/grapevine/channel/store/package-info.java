/**
 * What is remembered, and for how long. Stores are bounded in bytes, run no timer while they are empty, and are touched on
 * the loop only. They hold verified messages: checking is their caller's work.
 */
@NullMarked
package dev.grapevine.channel.store;

import org.jspecify.annotations.NullMarked;
