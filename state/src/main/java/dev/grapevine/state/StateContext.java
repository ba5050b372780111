package dev.grapevine.state;

import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;

/** What the parts of one channel's state stand on. */
public record StateContext(
        ChannelId channel, Scheduler scheduler, DistinctBlocks blocks, Meters meters, RejectionLog rejections) {}
