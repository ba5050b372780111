package dev.grapevine.node.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.grapevine.proto.Meters;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What the JVM and the operating system know about this process, read afresh at each scrape. */
public final class JvmMeters {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final Meters meters;

    private JvmMeters(Meters meters) {
        this.meters = meters;
    }

    /** Adds them to what is scraped. */
    public static void register(PrometheusMeters meters) {
        meters.beforeScrape(new JvmMeters(meters)::update);
    }

    private void update() {
        memory("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        memory("nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
                .forEach(pool ->
                        set((double) pool.getMemoryUsed(), "jvm_buffer_pool_used_bytes", "pool", pool.getName()));
        ManagementFactory.getGarbageCollectorMXBeans().forEach(this::collector);
        set(ManagementFactory.getThreadMXBean().getThreadCount(), "jvm_threads_current");
        set(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS, "process_start_time_seconds");
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            set(system.getProcessCpuTime() / NANOS, "process_cpu_seconds_total");
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            set((double) unix.getOpenFileDescriptorCount(), "process_open_fds");
        }
    }

    private void memory(String area, MemoryUsage usage) {
        set((double) usage.getUsed(), "jvm_memory_used_bytes", "area", area);
        set((double) usage.getMax(), "jvm_memory_max_bytes", "area", area);
    }

    private void collector(GarbageCollectorMXBean collector) {
        set((double) collector.getCollectionCount(), "jvm_gc_collections", "gc", collector.getName());
        set(collector.getCollectionTime() / MILLIS, "jvm_gc_seconds", "gc", collector.getName());
    }

    private void set(double value, String name, String... labels) {
        meters.gauge(name, labels).set(value);
    }
}
