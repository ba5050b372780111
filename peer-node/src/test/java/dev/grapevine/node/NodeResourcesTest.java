package dev.grapevine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NodeResourcesTest {
    @Test
    void runsWorkOnDaemonThreadsOfItsOwn() {
        try (NodeResources resources = NodeResources.create(1, 1)) {
            Thread worker = CompletableFuture.supplyAsync(Thread::currentThread, resources.workers())
                    .join();
            Thread service = CompletableFuture.supplyAsync(Thread::currentThread, resources.services())
                    .join();

            assertThat(worker.getName()).isEqualTo("grapevine-worker");
            assertThat(service.getName()).isEqualTo("grapevine-service");
            assertThat(worker.isDaemon() && service.isDaemon()).isTrue();
        }
    }

    @Test
    void takesNoMoreWorkOnceItIsClosed() {
        NodeResources resources = NodeResources.create();
        resources.close();

        assertThat(resources.network().group().isTerminated()).isTrue();
        assertThatThrownBy(() -> resources.workers().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> resources.services().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        resources.close();
    }

    @Test
    void needsOneThreadOfEachKind() {
        assertThatThrownBy(() -> NodeResources.create(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0 and 1");
        assertThatThrownBy(() -> NodeResources.create(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
