package dev.grapevine.crypto.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CryptoConfigTest {
    static final String LAB = """
            OrdererOrgs:
              - Name: Orderer
                Domain: orderer.lab
                EnableNodeOUs: true
                Specs:
                  - Hostname: orderer0
                    SANS: [localhost, 127.0.0.1]
            PeerOrgs:
              - Name: Org1
                Domain: org1.lab
                EnableNodeOUs: true
                Template:
                  Count: 3
                  SANS: [localhost, 127.0.0.1]
                Users:
                  Count: 1
              - Name: Org2
                Domain: org2.lab
                EnableNodeOUs: true
                Template:
                  Count: 1
                  SANS: [localhost, 127.0.0.1]
                Users:
                  Count: 1
            """;

    @Test
    void readsOrganisationsPeersFirst() {
        assertThat(CryptoConfig.parse(LAB))
                .extracting(OrganisationSpec::name)
                .containsExactly("Org1", "Org2", "Orderer");
        OrganisationSpec org1 = CryptoConfig.parse(LAB).get(0);
        assertThat(org1.nodeOus()).isTrue();
        assertThat(org1.authorityName()).isEqualTo("ca.org1.lab");
        assertThat(org1.users()).isEqualTo(1);
        assertThat(org1.nodes())
                .extracting(NodeSpec::commonName)
                .containsExactly("peer0.org1.lab", "peer1.org1.lab", "peer2.org1.lab");
        assertThat(org1.nodes().get(0).alternativeNames())
                .containsExactly("peer0.org1.lab", "peer0", "localhost", "127.0.0.1");
    }

    @Test
    void fillsTemplatesIn() {
        OrganisationSpec org = CryptoConfig.parse("""
                        PeerOrgs:
                          - Name: Org5
                            Domain: org5.example.com
                            CA: {Hostname: authority, Country: CH, Locality: Bern, OrganizationalUnit: Ops}
                            Specs:
                              - Hostname: foo
                                CommonName: "{{.Hostname}}27.{{.Domain}}"
                                SANS: ["alt{{.Hostname}}.{{ .Domain }}", "x.{{.CommonName}}", 172.16.10.31]
                            Template: {Count: 2, Start: 5, Hostname: "{{.Prefix}}-{{.Index}}"}
                        """).get(0);
        assertThat(org.nodeOus()).isFalse();
        assertThat(org.authorityName()).isEqualTo("authority.org5.example.com");
        assertThat(org.subjects()).isEqualTo(new SubjectTemplate("CH", "", "Bern", "Ops", "", ""));
        assertThat(org.nodes())
                .extracting(NodeSpec::commonName)
                .containsExactly("foo27.org5.example.com", "peer-5.org5.example.com", "peer-6.org5.example.com");
        assertThat(org.nodes().get(0).alternativeNames())
                .containsExactly(
                        "foo27.org5.example.com",
                        "foo",
                        "altfoo.org5.example.com",
                        "x.foo27.org5.example.com",
                        "172.16.10.31");
    }

    @Test
    void namesTheKeyThatIsWrong() {
        refuses("PeerOrgs: [{Name: A}]", "PeerOrgs[0].Domain is missing");
        refuses("PeerOrgs: [{Name: A, Domain: a, Template: {Count: -1}}]", "PeerOrgs[0].Template.Count is '-1'");
        refuses("PeerOrgs: [{Name: A, Domain: a, Template: 3}]", "PeerOrgs[0].Template must be a mapping");
        refuses("PeerOrgs: {Name: A}", "PeerOrgs must be a list");
        refuses("PeerOrgs: [{Name: A, Domain: a, Specs: [{Hostname: h, CommonName: '{{.Cn}}'}]}]", ".Cn");
        refuses("PeerOrgs: [{Name: A, Domain: a, CA: {PublicKeyAlgorithm: ed25519}}]", "only ecdsa");
        refuses("Organisations: []", "names no organisation");
        refuses("a: [", "not YAML");
        refuses("", "names no organisation");
    }

    private static void refuses(String yaml, String complaint) {
        assertThatThrownBy(() -> CryptoConfig.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
