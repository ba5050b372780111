package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;

/** The certificate authorities of an organisation: the tree that every member's certificate must hang on. */
final class Authorities {
    private final List<Certificate> roots;
    private final List<Certificate> intermediates;
    private final ChainBuilder chains;
    private final List<RevocationList> revocations;
    private final IdentifierHash hash;
    private final Set<Certificate> internalNodes = new HashSet<>();

    private Authorities(
            List<Certificate> roots,
            List<Certificate> intermediates,
            List<RevocationList> revocations,
            IdentifierHash hash) {
        this.roots = roots;
        this.intermediates = intermediates;
        this.chains = new ChainBuilder(roots, intermediates);
        this.revocations = revocations;
        this.hash = hash;
    }

    /** Those of a configuration, each checked: it is an authority, has a key identifier, a chain, and is not revoked. */
    static Authorities of(FabricMSPConfig config, MspVersion version, IdentifierHash hash) throws RefusedException {
        if (config.getRootCertsCount() == 0) {
            throw new RefusedException("no-root", "expected at least one root CA certificate");
        }
        List<Certificate> roots = parse(config.getRootCertsList(), version);
        List<Certificate> intermediates = parse(config.getIntermediateCertsList(), version);
        Authorities raw = new Authorities(roots, intermediates, List.of(), hash);
        List<RevocationList> revocations = new ArrayList<>();
        List<Certificate> sanitisedRoots = raw.sanitised(roots);
        List<Certificate> sanitisedIntermediates = raw.sanitised(intermediates);
        for (ByteString list : config.getRevocationListList()) {
            revocations.add(RevocationList.of(list));
        }
        Authorities authorities = new Authorities(sanitisedRoots, sanitisedIntermediates, revocations, hash);
        authorities.demandSound();
        return authorities;
    }

    /** The TLS authorities of the same organisation, whose revocation lists are {@code lists}. */
    static Authorities ofTls(FabricMSPConfig config, Authorities identities) throws RefusedException {
        List<Certificate> roots = parse(config.getTlsRootCertsList());
        List<Certificate> intermediates = parse(config.getTlsIntermediateCertsList());
        Authorities tls = new Authorities(roots, intermediates, identities.revocations, identities.hash);
        for (Certificate authority : tls.all()) {
            tls.demandSound(authority);
        }
        return tls;
    }

    private static List<Certificate> parse(List<ByteString> pems) throws RefusedException {
        List<Certificate> certificates = new ArrayList<>();
        for (ByteString pem : pems) {
            certificates.add(Certificate.ofPem(pem));
        }
        return List.copyOf(certificates);
    }

    private static List<Certificate> parse(List<ByteString> pems, MspVersion version) throws RefusedException {
        List<Certificate> certificates = parse(pems);
        for (Certificate certificate : certificates) {
            PublicKeys.demandImportable(certificate.publicKey(), version);
        }
        return certificates;
    }

    private List<Certificate> sanitised(List<Certificate> certificates) throws RefusedException {
        List<Certificate> sanitised = new ArrayList<>();
        for (Certificate certificate : certificates) {
            sanitised.add(sanitise(certificate));
        }
        return List.copyOf(sanitised);
    }

    private void demandSound() throws RefusedException {
        for (Certificate authority : all()) {
            demandSound(authority);
        }
        for (Certificate intermediate : intermediates) {
            internalNodes.addAll(chains.onlyChain(intermediate).stream().skip(1).toList());
        }
    }

    private void demandSound(Certificate authority) throws RefusedException {
        if (!authority.isCa()) {
            throw new RefusedException("not-an-authority", authority + " is not a CA certificate");
        }
        if (authority.extensions().subjectKeyIdentifier().isEmpty()) {
            throw new RefusedException("no-key-identifier", authority + " has no subject key identifier");
        }
        List<Certificate> chain = chains.onlyChain(authority);
        if (chain.size() > 1) {
            demandNotRevoked(chain);
        }
    }

    private List<Certificate> all() {
        return Stream.concat(roots.stream(), intermediates.stream()).toList();
    }

    List<Certificate> roots() {
        return roots;
    }

    List<Certificate> intermediates() {
        return intermediates;
    }

    /**
     * The certificate with its ECDSA signature brought to low S. That takes its issuer's key, so it fails for a certificate
     * that has no chain; one with a signature of another kind is left alone.
     */
    Certificate sanitise(Certificate certificate) throws RefusedException {
        if (!certificate.isEcdsaSigned()) {
            return certificate;
        }
        if (certificate.isCa() && certificate.isSelfSigned()) {
            Certificate sanitised = certificate.withLowS(certificate);
            new ChainBuilder(List.of(sanitised), List.of()).onlyChain(sanitised);
            return sanitised;
        }
        List<Certificate> chain = chains.onlyChain(certificate);
        if (chain.size() == 1) {
            throw new RefusedException("no-authority", certificate + " is trusted as a root, but is no CA certificate");
        }
        return certificate.withLowS(chain.get(1));
    }

    /**
     * The chain of a member's certificate, itself first: it must not be an authority, and its issuer must have no authority
     * below it.
     */
    List<Certificate> memberChain(Certificate certificate) throws RefusedException {
        if (certificate.isCa()) {
            throw new RefusedException("authority-as-identity", certificate + " is a CA, which cannot be an identity");
        }
        List<Certificate> chain = chains.onlyChain(certificate);
        if (chain.size() < 2) {
            throw new RefusedException("no-issuer", certificate + " is a root itself");
        }
        demandLeafAuthority(chain.get(1));
        return chain;
    }

    private void demandLeafAuthority(Certificate authority) throws RefusedException {
        if (internalNodes.contains(authority)) {
            throw new RefusedException("inner-authority", authority + " has CAs below it; it cannot have members too");
        }
    }

    /** @throws RefusedException if the first of the chain is on a revocation list of the second */
    void demandNotRevoked(List<Certificate> chain) throws RefusedException {
        if (chain.get(1).extensions().subjectKeyIdentifier().isEmpty()) {
            throw new RefusedException("no-key-identifier", chain.get(1) + " has no subject key identifier");
        }
        for (RevocationList list : revocations) {
            if (list.revokes(chain.get(0), chain.get(1))) {
                throw new RefusedException("revoked-identity", chain.get(0) + " has been revoked");
            }
        }
    }

    /** What certificates are certified by whose issuing chain this is: a hash over it, issuer first. */
    ByteString certifiers(List<Certificate> issuingChain) {
        return hash.of(issuingChain.stream().map(Certificate::der).toList());
    }

    /** The certifiers that a configuration means by naming one of the authorities. */
    ByteString certifiersNamedBy(ByteString pem) throws RefusedException {
        Certificate authority = sanitise(Certificate.ofPem(pem));
        if (roots.contains(authority)) {
            return certifiers(List.of(authority));
        }
        if (!intermediates.contains(authority)) {
            throw new RefusedException("unknown-certifier", authority + " is no root or intermediate of this MSP");
        }
        List<Certificate> chain = chains.onlyChain(authority);
        demandLeafAuthority(authority);
        return certifiers(chain);
    }
}
