package dev.grapevine.channel.spread;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.proto.PkiId;
import java.util.List;
import java.util.function.Consumer;

/** The plain Fabric peers to whom one block is sent: as many as Fabric would send it to, since they push it on themselves. */
final class PlainPeers {
    private final SpreadContext context;
    private final BlockName name;
    private int sent;

    PlainPeers(SpreadContext context, BlockName name) {
        this.context = context;
        this.name = name;
    }

    /**
     * Sends to some of these.
     *
     * @param told of each to whom it was sent
     */
    void send(List<RangeSplit.Placed> lacking, Consumer<PkiId> told) {
        PeerSelection.pick(
                        lacking,
                        context.plainPeers() - sent,
                        any -> true,
                        context.scheduler().random())
                .forEach(each -> send(each.member().pkiId(), told));
    }

    private void send(PkiId peer, Consumer<PkiId> told) {
        context.audience().held(name).ifPresent(message -> {
            context.audience().send(message, peer);
            sent++;
            told.accept(peer);
        });
    }
}
