/** The small files a node keeps beside its ledgers. Each is replaced whole, so that a crash leaves the old or the new one. */
@NullMarked
package dev.grapevine.node.storage;

import org.jspecify.annotations.NullMarked;
