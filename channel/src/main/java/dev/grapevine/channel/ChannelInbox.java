package dev.grapevine.channel;

import dev.grapevine.channel.pull.PullEngine;
import dev.grapevine.channel.spread.BlockSpread;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/** Where a message that names a channel goes in it, and who may send it. */
final class ChannelInbox {
    private static final Set<ContentCase> STATE_INFO_TYPES =
            EnumSet.of(ContentCase.STATE_INFO, ContentCase.STATE_INFO_PULL_REQ, ContentCase.STATE_SNAPSHOT);

    /** The parts of the channel that take messages. */
    record Rooms(
            ChannelOrganisations organisations,
            ChannelView view,
            StateInfoPublisher own,
            ChannelStateInfo stateInfo,
            BlockIntake blocks,
            PullEngine blockPull,
            LeadershipInbox leadership,
            ChannelGate gate,
            BlockSpread spread) {}

    private final GossipPorts ports;
    private final Rooms rooms;
    private Consumer<ReceivedMessage> stateHandler = received -> {};

    ChannelInbox(GossipPorts ports, Rooms rooms) {
        this.ports = ports;
        this.rooms = rooms;
    }

    void deliverStateTo(Consumer<ReceivedMessage> handler) {
        this.stateHandler = handler;
    }

    /** Handles a message that names this channel. */
    void handle(ReceivedMessage received) {
        ContentCase type = received.message().type();
        if (rooms.own().hasLeft() && !STATE_INFO_TYPES.contains(type)) {
            ports.drop("left-channel");
            return;
        }
        switch (type) {
            case STATE_REQUEST, STATE_RESPONSE -> toState(received);
            case PRIVATEREQ, PRIVATERES, PRIVATE_DATA -> rooms.gate().pass(received, this::refusePrivateData);
            default -> {
                if (isFromMember(received)) {
                    handleMember(received);
                }
            }
        }
    }

    /** Handles an extension that names this channel. */
    void handle(ReceivedMessage received, Extension extension) {
        if (rooms.own().hasLeft()) {
            ports.drop("left-channel");
        } else if (extension.hasStateInfoDigest()) {
            if (isFromMember(received)) {
                rooms.stateInfo().answer(extension.getStateInfoDigest(), received);
            }
        } else if (Extensions.subject(extension) == Extensions.Subject.STATE) {
            toState(received);
        } else if (!rooms.view().isSpreading()) {
            ports.drop("spread-disabled");
        } else if (mayTakeBlocks(received)) {
            PkiId sender = received.sender().pkiId();
            switch (extension.getContentCase()) {
                case BLOCK_DIGESTS -> rooms.spread().announced(extension.getBlockDigests(), sender);
                case BLOCK_REQUEST -> rooms.spread().requested(extension.getBlockRequest(), sender);
                default -> ports.drop("unknown-extension");
            }
        }
    }

    /** Whether it comes from an organisation of the channel; if not, its sender is to blame. */
    private boolean isFromMember(ReceivedMessage received) {
        boolean member = rooms.organisations().contains(received.sender().mspId());
        if (!member) {
            ports.reject(received.sender(), "not-of-the-channel", "its organisation is not in the named channel");
        }
        return member;
    }

    private void toState(ReceivedMessage received) {
        rooms.gate().pass(received, message -> stateHandler.accept(message));
    }

    private boolean mayTakeBlocks(ReceivedMessage received) {
        PkiId sender = received.sender().pkiId();
        if (!ports.isOwnOrganisation(sender)) {
            ports.reject(received.sender(), "foreign-block-pull", "blocks are pulled within an organisation only");
            return false;
        }
        if (!rooms.view().isEligible(sender)) {
            ports.drop("pull-of-ineligible-peer");
            return false;
        }
        return true;
    }

    private void refusePrivateData(ReceivedMessage received) {
        if (!PrivateDataRefusal.answer(received)) {
            ports.drop("unsolicited-private-data");
        }
    }

    private void handleMember(ReceivedMessage received) {
        SignedGossipMessage message = received.message();
        switch (message.type()) {
            case STATE_INFO -> rooms.stateInfo().take(received);
            case STATE_INFO_PULL_REQ -> rooms.stateInfo().answer(received);
            case STATE_SNAPSHOT -> rooms.stateInfo().takeSnapshot(received);
            case DATA_MSG -> rooms.blocks().take(message, received.sender(), true, received.hold());
            case HELLO, DATA_DIG, DATA_REQ, DATA_UPDATE -> {
                if (mayTakeBlocks(received)) {
                    rooms.blockPull().handle(received);
                }
            }
            case LEADERSHIP_MSG -> rooms.leadership().take(received);
            default -> ports.drop("unexpected-type");
        }
    }
}
