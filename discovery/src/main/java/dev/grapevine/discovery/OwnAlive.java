package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.time.Scheduler;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we say of ourselves. The incarnation is the wall clock at start, in nanoseconds, but always beyond the last one we
 * used: a clock set back, or a copy of our past that others hold, must not silence us.
 */
final class OwnAlive {
    /** Most metadata we may announce, in bytes: it travels in every heartbeat, with our identity beside it at first. */
    private static final int MAX_METADATA_BYTES = 32 * 1024;

    private static final long LAST_INCARNATION = -1L;

    private final Logger log = LoggerFactory.getLogger(OwnAlive.class);
    private final DiscoveryConfig config;
    private final Scheduler scheduler;
    private final SigningIdentity self;
    private final IncarnationStore incarnations;

    /** Monotonic time since when somebody else is known to be alive; null before. */
    private @Nullable Long companySince;

    private Timestamp time;
    private String externalEndpoint;
    private ByteString metadata = ByteString.EMPTY;
    private @Nullable SignedGossipMessage latest;
    private long latestMade;
    private boolean news;

    OwnAlive(DiscoveryConfig config, Scheduler scheduler, SigningIdentity self, IncarnationStore incarnations) {
        this.config = config;
        this.scheduler = scheduler;
        this.self = self;
        this.incarnations = incarnations;
        this.externalEndpoint = config.externalEndpoint();
        this.time = new Timestamp(beyond(incarnations.last(), scheduler.wallNanos()), 0);
        incarnations.save(time.incarnation());
    }

    private static long beyond(long last, long now) {
        if (last == LAST_INCARNATION || Long.compareUnsigned(now, last) > 0) {
            return last == LAST_INCARNATION ? last : now;
        }
        return last + 1;
    }

    PkiId pkiId() {
        return self.pkiId();
    }

    NetworkMember member() {
        int revision = config.extensions() ? Capability.REVISION : 0;
        return new NetworkMember(self.pkiId(), externalEndpoint, config.endpoint(), metadata, revision);
    }

    /** A new alive message with its secret; uses up a sequence number and two signatures. */
    SignedGossipMessage next() {
        time = new Timestamp(time.incarnation(), time.sequence() + 1);
        GossipMessage message = GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.EMPTY)
                .setAliveMsg(content())
                .build();
        SignedGossipMessage signed = SignedGossipMessage.signed(message, self).withSecret(config.endpoint(), self);
        latest = signed;
        latestMade = scheduler.nanoTime();
        return signed;
    }

    private AliveMessage content() {
        AliveMessage.Builder alive = AliveMessage.newBuilder()
                .setMembership(Member.newBuilder()
                        .setEndpoint(externalEndpoint)
                        .setMetadata(metadata)
                        .setPkiId(self.pkiId().bytes()))
                .setTimestamp(time.toWire());
        if (isIntroducing()) {
            alive.setIdentity(self.serialized());
        }
        return (config.extensions() ? Capability.mark(alive) : alive).build();
    }

    /**
     * Whether those who hear us may lack our identity. Fabric counts from the start; but who gets into an overloaded network
     * late would be nobody's acquaintance, and its identity comes by one pull after another.
     */
    private boolean isIntroducing() {
        return companySince == null
                || scheduler.nanoTime() - companySince
                        < config.publishCertPeriod().toNanos();
    }

    /** Somebody is alive besides us. */
    void hasCompany() {
        if (companySince == null) {
            companySince = scheduler.nanoTime();
        }
    }

    Timestamp time() {
        return time;
    }

    /** Whether we have anything new to say of ourselves since the last call. */
    boolean takeNews() {
        boolean was = news;
        news = false;
        return was;
    }

    /** The last one made while it is true; without heartbeats to outdate it, one is as good as another. */
    SignedGossipMessage latest() {
        SignedGossipMessage made = latest;
        return made == null ? next() : made;
    }

    /** The same, with its parts. */
    Alive latestRead() {
        return Alive.read(latest()).value();
    }

    /** The last one made, or a new one if that is older than a heartbeat. */
    SignedGossipMessage current() {
        SignedGossipMessage made = latest;
        boolean recent =
                scheduler.nanoTime() - latestMade < config.aliveTimeInterval().toNanos();
        return made != null && recent ? made : next();
    }

    /** @throws IllegalArgumentException if it is too much to travel with every heartbeat */
    void describe(ByteString newMetadata) {
        if (newMetadata.size() > MAX_METADATA_BYTES) {
            throw new IllegalArgumentException(newMetadata.size() + " bytes of metadata; at most " + MAX_METADATA_BYTES
                    + " travel with a heartbeat");
        }
        metadata = newMetadata;
        latest = null;
        news = true;
    }

    /** @throws IllegalArgumentException if it is neither an endpoint nor empty */
    void moveTo(String newExternalEndpoint) {
        if (!newExternalEndpoint.isEmpty()) {
            Endpoint.fault(newExternalEndpoint).ifPresent(fault -> {
                throw new IllegalArgumentException("'" + newExternalEndpoint + "' is no endpoint: " + fault);
            });
        }
        externalEndpoint = newExternalEndpoint;
        latest = null;
        news = true;
    }

    /** Whether somebody holds a message of ours that we have not made in this life. */
    boolean isOutdatedBy(Alive echo) {
        return echo.time().isNewerThan(time);
    }

    /**
     * Goes beyond a message that bears our signature but not our time: of a life whose incarnation was lost. Without this,
     * others would take everything we say for old.
     */
    void outlive(Alive echo) {
        if (!isOutdatedBy(echo)) {
            return;
        }
        if (!echo.endpoint().equals(externalEndpoint)) {
            log.error(
                    "another peer with our certificate is at '{}': give every peer a certificate of its own",
                    echo.endpoint());
        }
        long theirs = echo.time().incarnation();
        time = new Timestamp(
                beyond(theirs, time.incarnation()),
                theirs == LAST_INCARNATION ? echo.time().sequence() : 0);
        incarnations.save(time.incarnation());
        latest = null;
        news = true;
        log.warn("others know a later life of ours ({}); going on as {}", echo.time(), time);
    }
}
