package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the chains from a certificate up to trusted roots, as Go's verification does: names are matched byte by byte, all
 * of a chain is judged at one instant (a second after the certificate's own NotBefore), and nothing is asked of policies or
 * revocation. The platform's own path builder asks other questions and so comes to other answers.
 */
final class ChainBuilder {
    private static final int MAX_SIGNATURE_CHECKS = 100;

    private final Set<Certificate> roots;
    private final Map<ByteString, List<Certificate>> rootsByName;
    private final Map<ByteString, List<Certificate>> intermediatesByName;

    ChainBuilder(List<Certificate> roots, List<Certificate> intermediates) {
        this.roots = new LinkedHashSet<>(roots);
        rootsByName = byName(this.roots);
        intermediatesByName = byName(new LinkedHashSet<>(intermediates));
    }

    private static Map<ByteString, List<Certificate>> byName(Set<Certificate> certificates) {
        Map<ByteString, List<Certificate>> byName = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        for (Certificate certificate : certificates) {
            byName.computeIfAbsent(certificate.subject(), name -> new ArrayList<>())
                    .add(certificate);
        }
        return byName;
    }

    /**
     * The one chain of a certificate, itself first and the root last.
     *
     * @throws RefusedException if there is none, or more than one, so that it would be unclear who vouches for it
     */
    List<Certificate> onlyChain(Certificate leaf) throws RefusedException {
        Search search = new Search(leaf.notBefore().plusSeconds(1));
        List<List<Certificate>> chains = search.chains(leaf);
        if (chains.isEmpty()) {
            throw new RefusedException("unknown-authority", leaf + " has no chain to a root" + search.hint());
        }
        List<List<Certificate>> usable =
                chains.stream().filter(ChainBuilder::permitsUse).toList();
        if (usable.isEmpty()) {
            throw new RefusedException(
                    "extended-key-usage", "extended key usages of " + leaf + " or of its chain exclude serverAuth");
        }
        if (usable.size() > 1) {
            throw new RefusedException("ambiguous-chain", leaf + " has " + usable.size() + " chains; one is right");
        }
        NameRestrictions.demandAlternativeNames(usable.get(0));
        return usable.get(0);
    }

    private static boolean permitsUse(List<Certificate> chain) {
        return chain.stream().allMatch(certificate -> certificate.extensions().permitsServerAuthentication());
    }

    private enum Place {
        LEAF,
        INTERMEDIATE,
        ROOT
    }

    /** One search; it gives up after a number of signature checks, so that no certificate can keep us busy. */
    private final class Search {
        private final Instant at;
        private final List<List<Certificate>> found = new ArrayList<>();
        private int checks;
        private String lastObstacle = "";

        Search(Instant at) {
            this.at = at;
        }

        String hint() {
            return lastObstacle.isEmpty() ? "" : " (" + lastObstacle + ")";
        }

        List<List<Certificate>> chains(Certificate leaf) throws RefusedException {
            demandFit(leaf, Place.LEAF, List.of());
            if (roots.contains(leaf)) {
                return List.of(List.of(leaf));
            }
            extend(List.of(leaf));
            return found;
        }

        private void extend(List<Certificate> chain) {
            ByteString issuer = chain.get(chain.size() - 1).issuer();
            for (Certificate root : rootsByName.getOrDefault(issuer, List.of())) {
                consider(chain, root, Place.ROOT);
            }
            for (Certificate intermediate : intermediatesByName.getOrDefault(issuer, List.of())) {
                consider(chain, intermediate, Place.INTERMEDIATE);
            }
        }

        private void consider(List<Certificate> chain, Certificate candidate, Place place) {
            if (chain.stream().anyMatch(link -> isSameEntity(link, candidate)) || ++checks > MAX_SIGNATURE_CHECKS) {
                return;
            }
            try {
                chain.get(chain.size() - 1).demandIssuedBy(candidate);
                demandFit(candidate, place, chain);
            } catch (RefusedException e) {
                lastObstacle = e.getMessage();
                return;
            }
            List<Certificate> longer = new ArrayList<>(chain);
            longer.add(candidate);
            if (place == Place.ROOT) {
                found.add(List.copyOf(longer));
            } else {
                extend(longer);
            }
        }

        private void demandFit(Certificate certificate, Place place, List<Certificate> below) throws RefusedException {
            certificate.extensions().demandAllCriticalHandled();
            if (at.isBefore(certificate.notBefore()) || at.isAfter(certificate.notAfter())) {
                throw new RefusedException(
                        "outside-validity",
                        certificate + " is valid from " + certificate.notBefore() + " to " + certificate.notAfter()
                                + ", the chain is judged at " + at);
            }
            NameRestrictions.demandAllowed(certificate, below);
            if (place == Place.INTERMEDIATE && !certificate.isCa()) {
                throw new RefusedException("no-authority", certificate + " is not a certificate authority");
            }
            if (below.size() - 1 > certificate.extensions().pathLength()) {
                throw new RefusedException("path-too-long", certificate + " does not allow so long a chain");
            }
        }
    }

    private static boolean isSameEntity(Certificate one, Certificate other) {
        return one.subject().equals(other.subject())
                && one.publicKeyInfo().equals(other.publicKeyInfo())
                && one.extensions()
                        .alternativeNameBytes()
                        .equals(other.extensions().alternativeNameBytes());
    }
}
