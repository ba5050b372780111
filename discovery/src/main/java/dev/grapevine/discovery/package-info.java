/** Who is here: alive messages, membership requests and responses, failure detection. All of it on the node's loop. */
@NullMarked
package dev.grapevine.discovery;

import org.jspecify.annotations.NullMarked;
