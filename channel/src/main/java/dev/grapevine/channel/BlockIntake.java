package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.channel.spread.BlockName;
import dev.grapevine.channel.spread.BlockSpread;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Route;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a block into the channel, pushed or pulled: form, then the store (has this header been verified before?), then
 * the verification, and only then store, other peers and local delivery.
 */
final class BlockIntake implements BlockVerification.Outcome {
    private final GossipPorts ports;
    private final ChannelId channel;
    private final ChannelView view;
    private final BlockStore store;
    private final PrematureBlocks premature;
    private final BlockVerification verification;
    private final BlockSpread spread;
    private final Consumer<Outgoing> push;
    private Consumer<VerifiedBlock> delivery = block -> {};

    /**
     * @param spread spreads blocks where that is enabled
     * @param push spreads them where it is not
     */
    BlockIntake(
            GossipPorts ports,
            ChannelId channel,
            ChannelView view,
            BlockStore store,
            PrematureBlocks premature,
            Verifications verifications,
            BlockSpread spread,
            Consumer<Outgoing> push) {
        this.ports = ports;
        this.channel = channel;
        this.view = view;
        this.store = store;
        this.premature = premature;
        this.verification = new BlockVerification(ports, channel, verifications, this);
        this.spread = spread;
        this.push = push;
    }

    void deliverTo(Consumer<VerifiedBlock> receiver) {
        this.delivery = receiver;
    }

    /**
     * Takes a message that should carry a block.
     *
     * @param release lets the link it came on go on; run once, now or when the verification is done
     */
    void take(SignedGossipMessage message, ConnectionInfo from, boolean pushed, Runnable release) {
        String fault = MessageForm.faultOfBlock(message, channel.bytes());
        Optional<ByteString> headerHash = fault == null
                ? BlockHash.ofHeaderIn(
                        message.message().getDataMsg().getPayload().getData())
                : Optional.empty();
        if (headerHash.isEmpty()) {
            ports.reject(from, "malformed-block", fault == null ? "no block header" : fault);
            release.run();
            return;
        }
        ClaimedBlock claim = new ClaimedBlock(message, headerHash.get(), from, pushed, release);
        if (isTooFarAhead(claim)) {
            ports.drop("block-too-far-ahead");
            release.run();
            return;
        }
        if (view.isSpreading()) {
            spread.arriving(spreadName(claim), from.pkiId(), route(claim));
        }
        if (isWorthVerifying(claim)) {
            verification.submit(claim);
        } else {
            release.run();
        }
    }

    /** What a Fabric peer pushes is passed on, though it may be too far ahead: nobody else would do it in our place. */
    private boolean isTooFarAhead(ClaimedBlock claim) {
        return view.isSpreading()
                && route(claim) != null
                && spread.refuses(spreadName(claim), claim.from().pkiId());
    }

    private static BlockName spreadName(ClaimedBlock claim) {
        return new BlockName(claim.number(), claim.headerHash());
    }

    /** The part of the ring that came with a block: it counts only from those with whom we share rings. */
    private @Nullable Route route(ClaimedBlock claim) {
        boolean shared = claim.from().revision() > 0
                && ports.self().mspId().equals(claim.from().mspId());
        return shared ? claim.message().route().orElse(null) : null;
    }

    private boolean isWorthVerifying(ClaimedBlock claim) {
        switch (store.sighting(claim.number(), claim.headerHash())) {
            case CONFLICTING ->
                ports.reject(
                        claim.from(),
                        "conflicting-block",
                        "another block " + Long.toUnsignedString(claim.number()) + " of " + channel
                                + " was verified before");
            case SEEN -> ports.drop("duplicate-block");
            case TOO_OLD -> ports.drop("old-block");
            case NEW -> {
                if (!premature.contains(claim.name())) {
                    return true;
                }
                ports.drop("duplicate-block");
            }
        }
        return false;
    }

    @Override
    public void verified(ClaimedBlock claim, VerifiedBlock block) {
        SignedGossipMessage kept = BlockMessage.forwardable(claim.message(), block);
        if (!store.add(block.number(), block.headerHash(), kept)) {
            ports.drop("duplicate-block");
            return;
        }
        ports.meters()
                .counter("gossip_blocks_received", "way", claim.pushed() ? "push" : "pull")
                .increment();
        if (view.isSpreading()) {
            spread.verified(spreadName(claim), kept.size(), claim.from().pkiId(), route(claim), claim.pushed());
        } else if (claim.pushed()) {
            push.accept(new Outgoing(kept, claim.from().pkiId()));
        }
        delivery.accept(block);
    }

    @Override
    public void premature(ClaimedBlock claim) {
        ClaimedBlock detached =
                new ClaimedBlock(claim.message(), claim.headerHash(), claim.from(), claim.pushed(), () -> {});
        for (int gone = premature.hold(detached); gone > 0; gone--) {
            ports.drop("premature-block");
        }
    }

    @Override
    public void refused(ClaimedBlock claim) {
        if (view.isSpreading()) {
            spread.refused(spreadName(claim), claim.from().pkiId());
        }
    }

    /** Tries again what depended on a configuration. */
    void configurationApplied() {
        premature.takeAll().forEach(verification::submit);
    }

    /** Spreads a block of our own, which an ordering service gave us. */
    void gossip(VerifiedBlock block) {
        SignedGossipMessage message = BlockMessage.of(block);
        if (!store.add(block.number(), block.headerHash(), message)) {
            return;
        }
        if (view.isSpreading()) {
            spread.ordered(new BlockName(block.number(), block.headerHash()), message.size());
        } else {
            push.accept(new Outgoing(message, null));
        }
    }
}
