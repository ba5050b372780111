package dev.grapevine.simulation;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SharedVerdicts;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Identities and trust without the cost of signatures; what one node learns to distrust, all of them do. */
final class ModelledCredentials implements Credentials {
    private final Map<MspId, List<AnchorPeer>> organisations;
    private final SharedVerdicts verified = new SharedVerdicts();
    private final List<PkiId> revoked = new ArrayList<>();
    private final List<ModelledTrust> given = new ArrayList<>();

    /** @param organisations the channel's, with their anchor peers */
    ModelledCredentials(Map<MspId, List<AnchorPeer>> organisations) {
        this.organisations = new TreeMap<>(organisations);
    }

    @Override
    public SigningIdentity identity(MspId organisation, int number) {
        return ModelledCrypto.identity(organisation, "peer" + number);
    }

    @Override
    public ChannelTrust newTrust(MspId organisation) {
        ModelledTrust trust = new ModelledTrust(organisation, verified, organisations, SimulatedOrdering.endpoints());
        revoked.forEach(trust::revoke);
        given.add(trust);
        return trust;
    }

    /** Makes an identity invalid everywhere, as a revocation list in the channel's configuration would. */
    void revoke(PkiId identity) {
        revoked.add(identity);
        given.forEach(trust -> trust.revoke(identity));
    }
}
