package dev.grapevine.crypto.config;

import com.google.protobuf.ByteString;

/**
 * A consenter of a BFT ordering service (Fabric 3), which signs blocks under its number.
 *
 * @param id its number, an unsigned 32-bit value
 * @param identity its serialised msp.SerializedIdentity; empty if the configuration gives none
 */
public record Consenter(int id, String host, int port, ByteString identity) {}
