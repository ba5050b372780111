/** How much may flow, and to whom: request rates of peers, verifications under way, random choices of peers. On the loop only. */
@NullMarked
package dev.grapevine.channel.flow;

import org.jspecify.annotations.NullMarked;
