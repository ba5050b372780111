/**
 * A real Fabric network under test control: Fabric's own programs and our node, each a process of its own, and what can be
 * asked of them. The scenarios are in {@link dev.grapevine.interop}.
 */
@NullMarked
package dev.grapevine.interop.lab;

import org.jspecify.annotations.NullMarked;
