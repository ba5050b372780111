/**
 * The operations endpoint: health, metrics, version and log levels over HTTP, with the paths and answers of Fabric's.
 *
 * <p>It has a few threads of its own and touches nothing of the node but what it was given; those ports must be safe from any
 * thread and answer at once.
 */
@NullMarked
package dev.grapevine.node.operations;

import org.jspecify.annotations.NullMarked;
