package dev.grapevine.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Verdict;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.junit.jupiter.api.Test;

class SignaturePolicyTest {
    private static final List<String> PRINCIPALS = List.of("admin", "peer");

    private static org.hyperledger.fabric.protos.common.SignaturePolicy signedBy(String principal) {
        return org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setSignedBy(PRINCIPALS.indexOf(principal))
                .build();
    }

    private static org.hyperledger.fabric.protos.common.SignaturePolicy outOf(
            int n, org.hyperledger.fabric.protos.common.SignaturePolicy... rules) {
        return org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder().setN(n).addAllRules(List.of(rules)))
                .build();
    }

    private static SignaturePolicyEnvelope envelope(org.hyperledger.fabric.protos.common.SignaturePolicy rule) {
        SignaturePolicyEnvelope.Builder envelope =
                SignaturePolicyEnvelope.newBuilder().setRule(rule);
        PRINCIPALS.forEach(
                name -> envelope.addIdentities(MSPPrincipal.newBuilder().setPrincipal(ByteString.copyFromUtf8(name))));
        return envelope.build();
    }

    private static Signatory holderOf(String... principals) {
        Set<String> held = Set.of(principals);
        return principal -> held.contains(principal.getPrincipal().toStringUtf8());
    }

    private static boolean holds(org.hyperledger.fabric.protos.common.SignaturePolicy rule, Signatory... signatories) {
        return SignaturePolicy.compile(envelope(rule))
                .value()
                .evaluate(List.of(signatories))
                .isEmpty();
    }

    @Test
    void assignsIdentitiesGreedilyFromTheLeftWithoutSearchingForABetterWay() {
        Signatory both = holderOf("admin", "peer");
        Signatory admin = holderOf("admin");

        assertThat(holds(outOf(2, signedBy("admin"), signedBy("peer")), admin, both))
                .isTrue();
        assertThat(holds(outOf(2, signedBy("admin"), signedBy("peer")), both, admin))
                .isFalse();
    }

    @Test
    void givesBackWhatAFailedBranchHadTaken() {
        assertThat(holds(outOf(1, outOf(2, signedBy("peer"), signedBy("admin")), signedBy("peer")), holderOf("peer")))
                .isTrue();
    }

    @Test
    void goesOnTakingIdentitiesAfterEnoughBranchesHold() {
        var greedy = outOf(1, signedBy("peer"), signedBy("peer"));

        assertThat(holds(outOf(2, greedy, signedBy("peer")), holderOf("peer"), holderOf("peer")))
                .isFalse();
        assertThat(holds(outOf(2, greedy, signedBy("peer")), holderOf("peer"), holderOf("peer"), holderOf("peer")))
                .isTrue();
    }

    @Test
    void isSatisfiedByNobodyWhenNothingIsNeeded() {
        assertThat(holds(outOf(0))).isTrue();
        assertThat(holds(outOf(-1, signedBy("peer")))).isTrue();
        assertThat(holds(outOf(1))).isFalse();
    }

    @Test
    void refusesPoliciesThatNameNobodyOrSayNothing() {
        assertThat(reason(envelope(signedBy("stranger")))).isEqualTo("principal-out-of-range");
        assertThat(reason(
                        envelope(outOf(1, org.hyperledger.fabric.protos.common.SignaturePolicy.getDefaultInstance()))))
                .isEqualTo("empty-policy");
        assertThat(reason(envelope(outOf(0)).toBuilder().setVersion(1).build())).isEqualTo("unknown-policy-version");
    }

    private static String reason(SignaturePolicyEnvelope envelope) {
        return SignaturePolicy.compile(envelope).rejection().reason();
    }

    @Test
    void boundsDepthAndSize() {
        var deep = signedBy("peer");
        for (int level = 1; level < SignaturePolicy.MAX_DEPTH; level++) {
            deep = outOf(1, deep);
        }
        var tooDeep = outOf(1, deep);
        NOutOf.Builder wide = NOutOf.newBuilder().setN(1);
        for (int rule = 0; rule < SignaturePolicy.MAX_RULES; rule++) {
            wide.addRules(signedBy("peer"));
        }
        var tooWide = org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setNOutOf(wide)
                .build();

        assertThat(SignaturePolicy.parse(envelope(deep).toByteString()).isAccepted())
                .isTrue();
        assertThat(SignaturePolicy.parse(envelope(tooDeep).toByteString()).isAccepted())
                .isFalse();
        assertThat(reason(envelope(tooWide))).isEqualTo("policy-too-large");
    }

    @Property
    void answersAnyBytesWithAVerdict(@ForAll byte[] bytes) {
        Verdict<SignaturePolicy> verdict = SignaturePolicy.parse(ByteString.copyFrom(bytes));
        assertThat(verdict.isAccepted() || !verdict.rejection().reason().isEmpty())
                .isTrue();
    }
}
