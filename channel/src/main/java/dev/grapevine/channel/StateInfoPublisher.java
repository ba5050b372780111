package dev.grapevine.channel;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jspecify.annotations.Nullable;

/**
 * Our own state info: signed and published at the tick after a change while anybody is there to hear it, at once when the
 * chaincodes change.
 */
final class StateInfoPublisher {
    private final GossipPorts ports;
    private final ChannelId channel;
    private final Consumer<SignedGossipMessage> publish;
    private final long incarnation;
    private long sequence;
    private long height = 1;
    private List<Chaincode> chaincodes = List.of();
    private boolean left;
    private boolean dirty = true;
    /** Says what is so now; none since the last change. */
    private @Nullable SignedGossipMessage latest;

    /**
     * @param incarnation larger than any that this peer used in this channel before
     * @param publish stores and pushes what was signed
     */
    StateInfoPublisher(GossipPorts ports, ChannelId channel, long incarnation, Consumer<SignedGossipMessage> publish) {
        this.ports = ports;
        this.channel = channel;
        this.publish = publish;
        this.incarnation = incarnation;
        this.sequence = incarnation;
    }

    void height(long blocks) {
        if (height != blocks) {
            height = blocks;
            change();
        }
    }

    long height() {
        return height;
    }

    void chaincodes(List<Chaincode> installed) {
        chaincodes = List.copyOf(installed);
        change();
        publish();
    }

    void leave() {
        left = true;
        change();
    }

    boolean hasLeft() {
        return left;
    }

    /** Publishes what changed, if anybody is alive to hear it. */
    void tick() {
        if (dirty && !ports.membership().alive().isEmpty()) {
            publish();
        }
    }

    /** What we would publish now, signed once for every change, whether it has gone out or not. */
    SignedGossipMessage current() {
        if (latest == null) {
            latest = signed();
        }
        return latest;
    }

    private void change() {
        // Fabric takes the wall clock; it may be set back, and a sequence that shrinks locks us out.
        sequence = Math.max(sequence + 1, ports.scheduler().wallNanos());
        dirty = true;
        latest = null;
    }

    private void publish() {
        dirty = false;
        publish.accept(current());
    }

    private SignedGossipMessage signed() {
        Properties properties = Properties.newBuilder()
                .setLedgerHeight(height)
                .setLeftChannel(left)
                .addAllChaincodes(chaincodes)
                .build();
        StateInfo info = StateInfo.newBuilder()
                .setTimestamp(new Timestamp(incarnation, sequence).toWire())
                .setPkiId(ports.self().pkiId().bytes())
                .setChannelMAC(channel.mac(ports.self().pkiId()))
                .setProperties(properties)
                .build();
        GossipMessage message = GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                .setStateInfo(info)
                .build();
        return SignedGossipMessage.signed(message, ports.self());
    }
}
