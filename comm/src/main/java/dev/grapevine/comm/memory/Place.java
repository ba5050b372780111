package dev.grapevine.comm.memory;

/**
 * Where a node is.
 *
 * @param number from 0 in the order in which a network's nodes were first named, for tables
 */
public record Place(int number, String address) {}
