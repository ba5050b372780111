package dev.grapevine.crypto.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads cryptogen's input, {@code crypto-config.yaml}, with its templates ({@code {{.Hostname}}} and the like) filled in. */
public final class CryptoConfig {
    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1");

    private CryptoConfig() {}

    /**
     * The organisations a file describes, peers first, each group in the file's order.
     *
     * @throws IllegalArgumentException if it is not such a file; the message names the key and what would be right
     */
    public static List<OrganisationSpec> parse(String yaml) {
        Object parsed;
        try {
            parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("crypto-config.yaml is not YAML: " + e.getMessage(), e);
        }
        YamlNode root = YamlNode.of(parsed, "crypto-config.yaml");
        List<OrganisationSpec> organisations = new ArrayList<>();
        root.list("PeerOrgs").forEach(node -> organisations.add(organisation(OrganisationSpec.Kind.PEERS, node)));
        root.list("OrdererOrgs").forEach(node -> organisations.add(organisation(OrganisationSpec.Kind.ORDERERS, node)));
        if (organisations.isEmpty()) {
            throw new IllegalArgumentException(
                    "crypto-config.yaml names no organisation under PeerOrgs or OrdererOrgs");
        }
        return List.copyOf(organisations);
    }

    static OrganisationSpec templated(OrganisationSpec.Kind kind, String name, String domain, int count) {
        YamlNode node = YamlNode.of(
                Map.of(
                        "Name",
                        name,
                        "Domain",
                        domain,
                        "EnableNodeOUs",
                        true,
                        "Template",
                        Map.of("Count", count, "SANS", LOCAL),
                        "Users",
                        Map.of("Count", kind == OrganisationSpec.Kind.PEERS ? 1 : 0)),
                name);
        return organisation(kind, node);
    }

    private static OrganisationSpec organisation(OrganisationSpec.Kind kind, YamlNode node) {
        String domain = node.required("Domain");
        YamlNode ca = node.child("CA");
        demandEcdsa(ca);
        demandEcdsa(node.child("Users"));
        List<NodeSpec> nodes = new ArrayList<>();
        node.list("Specs").forEach(spec -> nodes.add(spec(spec, spec.required("Hostname"), domain)));
        nodes.addAll(fromTemplate(kind, node.child("Template"), domain));
        return new OrganisationSpec(
                kind,
                node.required("Name"),
                domain,
                node.flag("EnableNodeOUs"),
                spec(ca, ca.text("Hostname", "ca"), domain).commonName(),
                subjects(ca),
                nodes,
                kind == OrganisationSpec.Kind.PEERS ? node.child("Users").count("Count") : 0);
    }

    private static List<NodeSpec> fromTemplate(OrganisationSpec.Kind kind, YamlNode template, String domain) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (int i = 0; i < template.count("Count"); i++) {
            NameTemplate names = new NameTemplate(Map.of(
                    "Prefix", kind.prefix(),
                    "Index", String.valueOf(i + template.count("Start")),
                    "Domain", domain));
            nodes.add(spec(template, names.fill(template.text("Hostname", "{{.Prefix}}{{.Index}}")), domain));
        }
        return nodes;
    }

    private static NodeSpec spec(YamlNode node, String hostname, String domain) {
        demandEcdsa(node);
        NameTemplate names = new NameTemplate(Map.of("Hostname", hostname, "Domain", domain));
        String commonName = names.fill(node.text("CommonName", "{{.Hostname}}.{{.Domain}}"));
        NameTemplate all = new NameTemplate(Map.of("Hostname", hostname, "Domain", domain, "CommonName", commonName));
        List<String> alternativeNames = new ArrayList<>(List.of(commonName, hostname));
        node.texts("SANS").forEach(name -> alternativeNames.add(all.fill(name)));
        return new NodeSpec(commonName, alternativeNames);
    }

    private static SubjectTemplate subjects(YamlNode ca) {
        return new SubjectTemplate(
                ca.text("Country", ""),
                ca.text("Province", ""),
                ca.text("Locality", ""),
                ca.text("OrganizationalUnit", ""),
                ca.text("StreetAddress", ""),
                ca.text("PostalCode", ""));
    }

    private static void demandEcdsa(YamlNode node) {
        String algorithm = node.text("PublicKeyAlgorithm", "ecdsa");
        if (!algorithm.equals("ecdsa")) {
            throw new IllegalArgumentException(
                    node.path() + ".PublicKeyAlgorithm is '" + algorithm + "'; only ecdsa keys can be generated");
        }
    }
}
