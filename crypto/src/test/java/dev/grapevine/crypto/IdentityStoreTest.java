package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdentityStoreTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant AFTER_EXPIRY = Instant.parse("2100-01-01T00:00:01Z");
    private static final Duration HOUR = IdentityStore.UNUSED_AFTER;

    private final ModelledCrypto crypto = new ModelledCrypto(ORG1);
    private final SigningIdentity self = ModelledCrypto.identity(ORG1, "self");
    private final SigningIdentity peer = ModelledCrypto.identity(ORG1, "peer");
    private final IdentityStore store = new IdentityStore(crypto, self, 3, START);

    @Test
    void takesAValidIdentityAgainAndAgain() {
        assertThat(put(peer).isAccepted()).isTrue();
        assertThat(put(peer).isAccepted()).isTrue();
        assertThat(store.all()).hasSize(2);
    }

    @Test
    void refusesAnIdentityUnderAnothersPkiId() {
        var verdict = store.put(self.pkiId(), peer.serialized(), START);
        assertThat(verdict.rejection().reason()).isEqualTo("pki-id-mismatch");
        assertThat(store.get(self.pkiId(), START).orElseThrow().serialized()).isEqualTo(self.serialized());
    }

    @Test
    void refusesWhatIsNoIdentity() {
        assertThat(store.put(peer.pkiId(), ByteString.EMPTY, START).isAccepted())
                .isFalse();
        assertThat(store.put(peer.pkiId(), ByteString.copyFromUtf8("garbage"), START)
                        .isAccepted())
                .isFalse();
        ByteString huge = ByteString.copyFrom(new byte[IdentityStore.MAX_IDENTITY_BYTES + 1]);
        assertThat(store.put(peer.pkiId(), huge, START).rejection().reason()).isEqualTo("oversized-identity");
    }

    @Test
    void refusesRevokedAndForeignIdentities() {
        crypto.revoke(peer.pkiId());
        assertThat(put(peer).rejection().reason()).isEqualTo("revoked-identity");
        SigningIdentity foreign = ModelledCrypto.identity(new MspId("Org9MSP"), "x");
        assertThat(put(foreign).rejection().reason()).isEqualTo("unknown-organisation");
    }

    @Test
    void refusesAnExpiredIdentity() {
        var verdict = store.put(peer.pkiId(), peer.serialized(), AFTER_EXPIRY);
        assertThat(verdict.rejection().reason()).isEqualTo("expired-identity");
    }

    @Test
    void refusesFurtherIdentitiesWhenFull() {
        put(peer);
        put(ModelledCrypto.identity(ORG1, "third"));
        assertThat(put(ModelledCrypto.identity(ORG1, "fourth")).rejection().reason())
                .isEqualTo("too-many-identities");
        assertThat(put(peer).isAccepted()).isTrue();
    }

    @Test
    void findsWhatItHolds() {
        put(peer);
        assertThat(store.get(peer.pkiId(), START).orElseThrow().serialized()).isEqualTo(peer.serialized());
        assertThat(store.organisationOf(peer.pkiId())).contains(ORG1);
        PkiId unknown = ModelledCrypto.identity(ORG1, "unknown").pkiId();
        assertThat(store.get(unknown, START)).isEmpty();
        assertThat(store.organisationOf(unknown)).isEmpty();
    }

    @Test
    void verifiesSignaturesOfThoseItHolds() {
        ByteString payload = ByteString.copyFromUtf8("payload");
        assertThat(store.verifierOf(peer.pkiId(), START)).isEmpty();
        put(peer);
        var verifier = store.verifierOf(peer.pkiId(), START).orElseThrow();
        assertThat(verifier.verify(peer.sign(payload), payload)).isTrue();
        assertThat(verifier.verify(self.sign(payload), payload)).isFalse();
    }

    @Test
    void removesWhatNobodyUsedButNeverItself() {
        put(peer);
        SigningIdentity used = ModelledCrypto.identity(ORG1, "used");
        put(used);
        Instant later = START.plus(HOUR);
        assertThat(store.purge(later)).isEmpty();
        assertThat(store.get(used.pkiId(), later)).isPresent();
        assertThat(store.purge(later.plusSeconds(1))).containsExactly(peer.pkiId());
        assertThat(store.purge(later.plus(HOUR).plusSeconds(1))).containsExactly(used.pkiId());
        assertThat(store.all()).extracting(ValidIdentity::pkiId).containsExactly(self.pkiId());
    }

    @Test
    void askingForTheOrganisationIsNoUse() {
        put(peer);
        Instant later = START.plus(HOUR).plusSeconds(1);
        assertThat(store.organisationOf(peer.pkiId())).isPresent();
        assertThat(store.purge(later)).containsExactly(peer.pkiId());
    }

    @Test
    void removesWhatExpiredItselfIncluded() {
        put(peer);
        assertThat(store.purge(AFTER_EXPIRY)).contains(self.pkiId(), peer.pkiId());
        assertThat(store.all()).isEmpty();
    }

    @Test
    void removesWhatANewConfigurationRevokes() {
        put(peer);
        assertThat(store.revalidate()).isEmpty();
        crypto.revoke(peer.pkiId());
        assertThat(store.revalidate()).containsExactly(peer.pkiId());
        assertThat(store.get(peer.pkiId(), START)).isEmpty();
    }

    @Test
    void doesNotStartWithAnInvalidIdentityOfItsOwn() {
        crypto.revoke(self.pkiId());
        assertThatThrownBy(() -> new IdentityStore(crypto, self, 3, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("revoked");
    }

    @Test
    void listsEachWithPkiIdIdentityAndOrganisation() {
        put(peer);
        assertThat(store.all()).isSortedAccordingTo((a, b) -> a.pkiId().compareTo(b.pkiId()));
        assertThat(store.all())
                .allSatisfy(identity -> assertThat(identity.mspId()).isEqualTo(ORG1));
    }

    private dev.grapevine.proto.Verdict<ValidIdentity> put(SigningIdentity identity) {
        return store.put(identity.pkiId(), identity.serialized(), START);
    }
}
