package dev.grapevine.crypto.generate;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What the names in an organisation's certificates have in common. An empty text leaves its attribute out, except for the
 * first three, which then take cryptogen's defaults.
 */
public record SubjectTemplate(
        String country,
        String province,
        String locality,
        String organizationalUnit,
        String streetAddress,
        String postalCode) {
    public SubjectTemplate {
        country = country.isEmpty() ? "US" : country;
        province = province.isEmpty() ? "California" : province;
        locality = locality.isEmpty() ? "San Francisco" : locality;
    }

    /** San Francisco, California, as with cryptogen. */
    public static SubjectTemplate defaults() {
        return new SubjectTemplate("", "", "", "", "", "");
    }

    /** The name of a certificate authority. */
    X500Name authority(String organisation, String commonName) {
        return name(organisation, List.of(), commonName);
    }

    /** The name of a member. */
    X500Name member(List<String> units, String commonName) {
        return name("", units, commonName);
    }

    private X500Name name(String organisation, List<String> units, String commonName) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        add(name, BCStyle.C, country);
        add(name, BCStyle.ST, province);
        add(name, BCStyle.L, locality);
        add(name, BCStyle.STREET, streetAddress);
        add(name, BCStyle.POSTAL_CODE, postalCode);
        add(name, BCStyle.O, organisation);
        add(name, BCStyle.OU, organizationalUnit);
        units.forEach(unit -> add(name, BCStyle.OU, unit));
        add(name, BCStyle.CN, commonName);
        return name.build();
    }

    private static void add(X500NameBuilder name, ASN1ObjectIdentifier attribute, String value) {
        if (!value.isEmpty()) {
            name.addRDN(attribute, value);
        }
    }
}
