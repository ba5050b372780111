package dev.grapevine.crypto.generate;

import dev.grapevine.crypto.msp.NodeRole;

/**
 * A member's certificates with their keys.
 *
 * @param name the common name of both, which also names the member's folder
 * @param role what the member is; its certificate says so only where the organisation uses NodeOUs
 */
public record MemberMaterial(String name, NodeRole role, IssuedCertificate identity, IssuedCertificate tls) {}
