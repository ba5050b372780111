/**
 * What we have: how verified blocks reach the ledger strictly in order, how missing ones are obtained from other peers, and how
 * others obtain theirs from us. {@link dev.grapevine.state.StateProvider} is one channel's door to all of it.
 *
 * <p>Everything runs on the node's loop; verification goes to the {@link dev.grapevine.proto.time.Workers}, storage to the
 * {@link dev.grapevine.state.Ledger}. What always holds:
 *
 * <ul>
 *   <li>a block leaves the buffer only for the ledger, and only if it continues the chain and was verified under the
 *       configuration in force;
 *   <li>a block that was lost on the way (refused, evicted) is missing again, and what is missing is asked for until it is here;
 *   <li>buffers, queues and requests are bounded, by bytes where they hold blocks.
 * </ul>
 */
@NullMarked
package dev.grapevine.state;

import org.jspecify.annotations.NullMarked;
