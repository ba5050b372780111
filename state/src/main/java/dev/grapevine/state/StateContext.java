package dev.grapevine.state;

import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;

/** What the parts of one channel's state stand on. */
public record StateContext(
        ChannelId channel,
        Scheduler scheduler,
        Workers workers,
        MessageCrypto crypto,
        Meters meters,
        RejectionLog rejections) {}
