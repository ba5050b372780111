package dev.grapevine.channel.spread;

import com.google.protobuf.ByteString;

/** Which block: a number alone could mean somebody's forgery. */
public record BlockName(long number, ByteString headerHash) {}
