/**
 * Policies: which signatures it takes. Signature policies over principals, implicit meta policies over the groups of a
 * channel's configuration, and the tree in which both are found by path. They give Fabric's verdicts, down to the greedy
 * way identities are assigned to principals.
 *
 * <p>Everything here is immutable and safe from any thread. A policy that is not satisfied says why; nothing throws.
 */
@NullMarked
package dev.grapevine.crypto.policy;

import org.jspecify.annotations.NullMarked;
