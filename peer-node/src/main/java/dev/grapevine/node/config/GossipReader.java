package dev.grapevine.node.config;

import dev.grapevine.channel.GossipConfig;
import dev.grapevine.channel.pull.PullConfig;
import dev.grapevine.channel.push.PushConfig;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.TransportConfig;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.discovery.FailureDetection;
import dev.grapevine.discovery.liveness.LivenessConfig;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.state.StateConfig;

/** Reads the sections below {@code peer.gossip} into the configurations of the rooms they belong to. */
final class GossipReader {
    private static final String GOSSIP = "peer.gossip.";
    private static final String STATE = GOSSIP + "state.";
    private static final String LIVENESS = GOSSIP + "liveness.";
    private static final String ELECTION = GOSSIP + "election.";

    private final Settings settings;

    GossipReader(Settings settings) {
        this.settings = settings;
    }

    /** @param address what others are told where {@code peer.gossip.endpoint} is not set */
    DiscoveryConfig discovery(String address) {
        DiscoveryConfig fabric = DiscoveryConfig.defaults(address);
        return settings.checked(
                () -> new DiscoveryConfig(
                        settings.text(GOSSIP + "endpoint", address),
                        settings.text(GOSSIP + "externalEndpoint", ""),
                        settings.list(GOSSIP + "bootstrap"),
                        settings.duration(GOSSIP + "aliveTimeInterval", fabric.aliveTimeInterval()),
                        settings.duration(GOSSIP + "aliveExpirationTimeout", fabric.aliveExpirationTimeout()),
                        settings.duration(GOSSIP + "reconnectInterval", fabric.reconnectInterval()),
                        settings.number(GOSSIP + "maxConnectionAttempts", fabric.maxConnectionAttempts(), 1),
                        settings.number(GOSSIP + "msgExpirationFactor", fabric.msgExpirationFactor(), 1),
                        settings.duration(GOSSIP + "publishCertPeriod", fabric.publishCertPeriod()),
                        settings.duration(GOSSIP + "pullInterval", fabric.pullInterval()),
                        settings.number(GOSSIP + "pullPeerNum", fabric.pullPeerNum(), 1),
                        fabric.extensions(),
                        detection()),
                () -> fabric);
    }

    /** These keys are not Fabric's. */
    private FailureDetection detection() {
        FailureDetection usual = FailureDetection.swim(LivenessConfig.lan());
        return new FailureDetection(
                FailureDetection.Kind.named(settings.text(LIVENESS + "detector", "swim")),
                LivenessConfig.preset(settings.text(LIVENESS + "preset", "lan")),
                settings.number(LIVENESS + "phiThreshold", (int) usual.phiThreshold(), 1));
    }

    ElectionConfig election() {
        ElectionConfig fabric = ElectionConfig.defaults();
        return settings.checked(
                () -> new ElectionConfig(
                        settings.flag(GOSSIP + "useLeaderElection", fabric.useLeaderElection()),
                        settings.flag(GOSSIP + "orgLeader", fabric.orgLeader()),
                        settings.duration(ELECTION + "startupGracePeriod", fabric.startupGracePeriod()),
                        settings.duration(ELECTION + "membershipSampleInterval", fabric.membershipSampleInterval()),
                        settings.duration(ELECTION + "leaderAliveThreshold", fabric.leaderAliveThreshold()),
                        settings.duration(ELECTION + "leaderElectionDuration", fabric.leaderElectionDuration())),
                () -> fabric);
    }

    GossipConfig gossip() {
        GossipConfig fabric = GossipConfig.defaults();
        return settings.checked(
                () -> new GossipConfig(
                        push(fabric.push()),
                        pull(fabric.pull()),
                        settings.duration(GOSSIP + "requestStateInfoInterval", fabric.requestStateInfoInterval()),
                        settings.duration(GOSSIP + "publishStateInfoInterval", fabric.publishStateInfoInterval()),
                        settings.duration(GOSSIP + "membershipTrackerInterval", fabric.membershipTrackerInterval()),
                        settings.duration(ELECTION + "leaderAliveThreshold", fabric.leaderAliveThreshold()),
                        settings.number(GOSSIP + "maxBlockCountToStore", fabric.maxBlockCountToStore(), 1),
                        fabric.limits(),
                        fabric.spread()),
                () -> fabric);
    }

    StateConfig state() {
        StateConfig fabric = StateConfig.defaults();
        return settings.checked(
                () -> new StateConfig(
                        settings.flag(STATE + "enabled", fabric.enabled()),
                        settings.duration(STATE + "checkInterval", fabric.checkInterval()),
                        settings.duration(STATE + "responseTimeout", fabric.responseTimeout()),
                        settings.number(STATE + "batchSize", fabric.batchSize(), 1),
                        settings.number(STATE + "maxRetries", fabric.maxRetries(), 0),
                        settings.number(STATE + "blockBufferSize", fabric.blockBufferSize(), 1),
                        settings.number(STATE + "channelSize", fabric.channelSize(), 0),
                        settings.flag(GOSSIP + "nonBlockingCommitMode", fabric.nonBlockingCommitMode())),
                () -> fabric);
    }

    /** Besides the section below {@code peer.gossip}, the sizes and keepalives of the port. */
    CommConfig comm() {
        CommConfig fabric = CommConfig.defaults();
        return settings.checked(
                () -> new CommConfig(
                        settings.duration(GOSSIP + "dialTimeout", fabric.dialTimeout()),
                        settings.duration(GOSSIP + "connTimeout", fabric.connTimeout()),
                        settings.number(GOSSIP + "recvBuffSize", fabric.recvBuffSize(), 1),
                        settings.number(GOSSIP + "sendBuffSize", fabric.sendBuffSize(), 1),
                        fabric.extensions(),
                        fabric.limits(),
                        transport(fabric.transport())),
                () -> fabric);
    }

    private TransportConfig transport(TransportConfig fabric) {
        return new TransportConfig(
                settings.size("peer.maxRecvMsgSize", fabric.maxMessageBytes()),
                settings.duration("peer.keepalive.client.interval", fabric.clientKeepAlive()),
                settings.duration("peer.keepalive.client.timeout", fabric.clientKeepAliveTimeout()),
                settings.duration("peer.keepalive.interval", fabric.serverKeepAlive()),
                settings.duration("peer.keepalive.timeout", fabric.serverKeepAliveTimeout()),
                settings.duration("peer.keepalive.minInterval", fabric.permittedKeepAlive()),
                settings.duration("peer.connectiontimeout", fabric.connectionTimeout()),
                fabric.flowControlWindow(),
                fabric.readyThreshold());
    }

    private PushConfig push(PushConfig fabric) {
        return new PushConfig(
                settings.duration(GOSSIP + "maxPropagationBurstLatency", fabric.maxBurstLatency()),
                settings.number(GOSSIP + "maxPropagationBurstSize", fabric.maxBurstSize(), 1),
                settings.number(GOSSIP + "propagateIterations", fabric.iterations(), 1),
                settings.number(GOSSIP + "propagatePeerNum", fabric.peers(), 1),
                fabric.maxBytes());
    }

    private PullConfig pull(PullConfig fabric) {
        return new PullConfig(
                settings.duration(GOSSIP + "pullInterval", fabric.interval()),
                settings.number(GOSSIP + "pullPeerNum", fabric.peers(), 1),
                settings.duration(GOSSIP + "digestWaitTime", fabric.digestWait()),
                settings.duration(GOSSIP + "requestWaitTime", fabric.requestWait()),
                settings.duration(GOSSIP + "responseWaitTime", fabric.responseWait()),
                fabric.maxItems(),
                fabric.maxUpdateBytes(),
                fabric.hellosPerSecond(),
                fabric.helloBurst());
    }
}
