/** What we have: payload buffer, in-order commit, gap repair, anti-entropy and state transfer, and the deliver client's logic. All of it on the node's loop. */
@NullMarked
package dev.grapevine.state;

import org.jspecify.annotations.NullMarked;
