package dev.grapevine.node.services;

import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.util.Optional;

/**
 * Whom this node takes for the leader of its organisation in a channel.
 *
 * @param leader empty while it knows of none
 * @param ours whether it is this node itself
 */
public record Leadership(MspId organisation, Optional<PkiId> leader, boolean ours) {}
