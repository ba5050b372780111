package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.pull.PullItems;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hyperledger.fabric.protos.gossip.Envelope;

/**
 * What is pulled of a channel: the blocks of the window, by the decimal form of their numbers, within our organisation. We pull
 * from Fabric peers; Grapevine peers tell us themselves what they have, and whoever asks is answered.
 */
final class BlockPull implements PullItems {
    private static final int MAX_DIGITS = 20;

    private final ChannelView view;
    private final StateInfoPublisher own;
    private final BlockStore store;
    private final int offered;
    private final BlockIntake intake;

    /** @param offered how many of the newest blocks are offered to those who pull */
    BlockPull(ChannelView view, StateInfoPublisher own, BlockStore store, int offered, BlockIntake intake) {
        this.view = view;
        this.own = own;
        this.store = store;
        this.offered = offered;
        this.intake = intake;
    }

    @Override
    public List<RemotePeer> partners() {
        return own.hasLeft()
                ? List.of()
                : view.ownOrganisation().plain().stream()
                        .map(NetworkMember::remotePeer)
                        .toList();
    }

    @Override
    public List<ByteString> offer(PkiId requester) {
        List<Long> held = store.numbers();
        return held.subList(Math.max(0, held.size() - offered), held.size()).stream()
                .map(BlockPull::id)
                .toList();
    }

    @Override
    public Optional<Envelope> item(ByteString id, PkiId requester) {
        OptionalLong number = number(id);
        return number.isEmpty()
                ? Optional.empty()
                : store.get(number.getAsLong()).map(SignedGossipMessage::envelope);
    }

    @Override
    public boolean isWanted(ByteString id) {
        OptionalLong number = number(id);
        return number.isPresent()
                && Long.compareUnsigned(number.getAsLong(), own.height()) >= 0
                && !store.remembers(number.getAsLong());
    }

    @Override
    public Optional<ByteString> idOf(SignedGossipMessage item) {
        return item.message().hasDataMsg()
                ? Optional.of(id(item.message().getDataMsg().getPayload().getSeqNum()))
                : Optional.empty();
    }

    @Override
    public void take(List<SignedGossipMessage> items, ReceivedMessage update) {
        Holds holds = Holds.on(update);
        for (SignedGossipMessage item : items) {
            holds.add();
            intake.take(item, update.sender(), false, holds::release);
        }
        holds.release();
    }

    private static ByteString id(long number) {
        return ByteString.copyFromUtf8(Long.toUnsignedString(number));
    }

    /** The number an id stands for; empty unless it is decimal without sign and leading zeros. */
    private static OptionalLong number(ByteString id) {
        if (id.isEmpty() || id.size() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseUnsignedLong(id.toStringUtf8());
            return id(number).equals(id) ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
