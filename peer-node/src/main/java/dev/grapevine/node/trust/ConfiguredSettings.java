package dev.grapevine.node.trust;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ApplicationOrganisation;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.config.OrdererOrganisation;
import dev.grapevine.crypto.config.OrdererSection;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.proto.MspId;
import dev.grapevine.state.OrdererEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a peer does with a channel configuration, read out of it. */
final class ConfiguredSettings {
    private ConfiguredSettings() {}

    static ChannelSettings of(ChannelConfig config, long block) {
        Map<MspId, List<AnchorPeer>> organisations = new TreeMap<>();
        List<ByteString> roots = new ArrayList<>();
        for (ApplicationOrganisation organisation :
                config.application().organisations().values()) {
            MspId mspId = organisation.msp().id();
            organisations.put(
                    mspId,
                    organisation.anchorPeers().stream()
                            .map(anchor -> new AnchorPeer(mspId, anchor.host(), anchor.port()))
                            .toList());
            roots.addAll(tlsAuthorities(organisation.msp()));
        }
        return new ChannelSettings(config.channel(), config.sequence(), block, organisations, orderers(config), roots);
    }

    /**
     * Where to pull blocks from: the endpoints of the orderer organisations, each trusted by its own TLS authorities; only if
     * none of them names any, the channel's global addresses, trusted by those of all of them.
     */
    private static List<OrdererEndpoint> orderers(ChannelConfig config) {
        List<OrdererOrganisation> organisations = new ArrayList<>();
        config.orderer().map(OrdererSection::organisations).ifPresent(all -> organisations.addAll(all.values()));
        List<OrdererEndpoint> endpoints = new ArrayList<>();
        List<ByteString> everybody = new ArrayList<>();
        for (OrdererOrganisation organisation : organisations) {
            List<ByteString> roots = tlsAuthorities(organisation.msp());
            everybody.addAll(roots);
            organisation.endpoints().forEach(address -> endpoints.add(new OrdererEndpoint(address, roots)));
        }
        if (endpoints.isEmpty()) {
            config.ordererAddresses().forEach(address -> endpoints.add(new OrdererEndpoint(address, everybody)));
        }
        return endpoints;
    }

    private static List<ByteString> tlsAuthorities(Msp msp) {
        List<ByteString> authorities = new ArrayList<>(msp.tlsRootPems());
        authorities.addAll(msp.tlsIntermediatePems());
        return authorities;
    }
}
