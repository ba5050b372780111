package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.Fixtures;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recorded verdict of Fabric's MSP must be ours, too. */
class RecordedMspCasesTest {
    private final Path folder = Fixtures.folder("msp-cases");
    private final JsonNode cases = Fixtures.json(folder.resolve("cases.json"));
    private final Instant recordedAt = Instant.parse(cases.get("recorded_at").asText());

    @TestFactory
    Stream<DynamicTest> setsUpTheMspsThatFabricSetsUpAndNoOthers() {
        return each(cases.get("msps"), recorded -> {
            Verdict<Msp> verdict = msp(recorded.get("msp_config_file").asText());
            assertThat(verdict.isAccepted()).as(verdict.toString()).isEqualTo(ok(recorded.get("setup")));
        });
    }

    @TestFactory
    Stream<DynamicTest> deserialisesAndValidatesIdentitiesAsFabricDoes() {
        return each(cases.get("identity_cases"), recorded -> {
            Verdict<Identity> identity = identity(recorded);
            assertThat(identity.isAccepted()).as(identity.toString()).isEqualTo(ok(recorded.get("deserialize")));
            if (recorded.hasNonNull("well_formed")) {
                assertThat(Identity.wellFormed(parsed(recorded).getIdBytes()).isEmpty())
                        .isEqualTo(ok(recorded.get("well_formed")));
            }
            if (recorded.hasNonNull("pki_id")) {
                assertThat(PkiId.of(parsed(recorded)).hex())
                        .isEqualTo(recorded.get("pki_id").asText());
            }
            identity.accepted().ifPresent(accepted -> hasRecordedProperties(accepted, recorded));
        });
    }

    private void hasRecordedProperties(Identity identity, JsonNode recorded) {
        assertThat(identity.validate().isEmpty())
                .as(identity.validate().toString())
                .isEqualTo(ok(recorded.get("validate")));
        assertThat(Hex.of(identity.identifier()))
                .isEqualTo(recorded.get("identity_id").asText());
        assertThat(identity.canonical().equals(identity.serialized()))
                .isEqualTo(recorded.get("reserialized_identical").asBoolean());
        assertThat(identity.notAfter())
                .isEqualTo(Instant.parse(recorded.get("expires_at").asText()));
        assertThat(identity.notAfter().isBefore(recordedAt))
                .isEqualTo(recorded.get("expired_when_recorded").asBoolean());
        assertThat(identity.organizationalUnits()).isEqualTo(units(recorded));
    }

    @TestFactory
    Stream<DynamicTest> decidesPrincipalsAsFabricDoes() {
        return each(cases.get("identity_cases"), recorded -> {
            if (!recorded.get("deserialize").get("ok").asBoolean()) {
                return;
            }
            Identity identity = identity(recorded).value();
            recorded.get("role_principals").properties().forEach(role -> {
                Optional<Rejection> fault = identity.satisfies(role(identity.mspId(), role.getKey()));
                assertThat(fault.isEmpty()).as(role.getKey() + fault).isEqualTo(ok(role.getValue()));
            });
            if (recorded.has("other_principals")) {
                recorded.get("other_principals").properties().forEach(other -> {
                    Optional<Rejection> fault = identity.satisfies(principal(other.getKey()));
                    assertThat(fault.isEmpty()).as(other.getKey() + fault).isEqualTo(ok(other.getValue()));
                });
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gossipTakesTheIdentitiesThatFabricsGossipTakes() {
        return each(cases.get("identity_cases"), recorded -> {
            LocalMspCrypto crypto = new LocalMspCrypto(msp(recorded), new ModelledCrypto(new MspId("self")));
            ByteString identity = bytes(recorded);
            assertThat(crypto.validate(identity).isAccepted()).isEqualTo(ok(recorded.get("gossip_validate_identity")));
            if (recorded.hasNonNull("pki_id")) {
                IdentityStore store =
                        new IdentityStore(crypto, ModelledCrypto.identity(new MspId("self"), "self"), 10, recordedAt);
                PkiId pkiId = PkiId.fromHex(recorded.get("pki_id").asText());
                assertThat(store.put(pkiId, identity, recordedAt).isAccepted())
                        .isEqualTo(ok(recorded.get("gossip_identity_mapper_put")));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheSignaturesThatFabricAccepts() throws InvalidProtocolBufferException {
        JsonNode signatures = Fixtures.json(folder.resolve("signatures.json"));
        Msp msp =
                msp("msps/" + signatures.get("msp").asText() + ".mspconfig.bin").value();
        Identity identity = msp.deserialize(
                        Fixtures.bytes(folder.resolve(signatures.get("identity").asText())))
                .value();
        return each(
                signatures.get("cases"),
                recorded -> assertThat(identity.verify(
                                Hex.parse(recorded.get("signature").asText()),
                                Hex.parse(recorded.get("message").asText())))
                        .isEqualTo(ok(recorded.get("verify"))));
    }

    private interface CaseTest {
        void run(JsonNode recorded) throws InvalidProtocolBufferException;
    }

    private static Stream<DynamicTest> each(JsonNode recorded, CaseTest test) {
        Function<JsonNode, DynamicTest> toTest =
                one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> test.run(one));
        return StreamSupport.stream(recorded.spliterator(), false).map(toTest);
    }

    private static boolean ok(JsonNode outcome) {
        return outcome.get("ok").asBoolean();
    }

    private Msp msp(JsonNode recorded) throws InvalidProtocolBufferException {
        return msp("msps/" + recorded.get("msp").asText() + ".mspconfig.bin").value();
    }

    private Verdict<Msp> msp(String file) throws InvalidProtocolBufferException {
        MSPConfig config = MSPConfig.parseFrom(Fixtures.bytes(folder.resolve(file)));
        return Msp.of(config, MspVersion.V1_4_3, SignatureProvider.bouncyCastle());
    }

    private ByteString bytes(JsonNode recorded) {
        return Fixtures.bytes(
                folder.resolve(recorded.get("serialized_identity_file").asText()));
    }

    private SerializedIdentity parsed(JsonNode recorded) throws InvalidProtocolBufferException {
        return SerializedIdentity.parseFrom(bytes(recorded));
    }

    private Verdict<Identity> identity(JsonNode recorded) throws InvalidProtocolBufferException {
        return msp(recorded).deserialize(bytes(recorded));
    }

    private static List<OrganizationalUnit> units(JsonNode recorded) {
        List<OrganizationalUnit> units = new ArrayList<>();
        for (int i = 0; i < recorded.path("ous").size(); i++) {
            units.add(new OrganizationalUnit(
                    recorded.get("ous").get(i).asText(),
                    Hex.parse(recorded.get("certifiers_identifiers").get(i).asText())));
        }
        return units;
    }

    private static MSPPrincipal role(MspId mspId, String name) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(mspId.name())
                        .setRole(MSPRole.MSPRoleType.valueOf(name))
                        .build()
                        .toByteString())
                .build();
    }

    private MSPPrincipal principal(String name) {
        try {
            return MSPPrincipal.parseFrom(Fixtures.bytes(folder.resolve("principals/" + name + ".bin")));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
