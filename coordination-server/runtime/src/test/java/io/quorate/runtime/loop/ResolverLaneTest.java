package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolverLaneTest {

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final ResolverLane lane = new ResolverLane(tasks::add);
    private final List<List<InetAddress>> found = new ArrayList<>();

    @AfterEach
    void stop() {
        lane.stop();
    }

    private void runNext() throws InterruptedException {
        Runnable task = tasks.poll(60, TimeUnit.SECONDS);
        assertThat(task).as("an answer").isNotNull();
        task.run();
    }

    @Test
    void namesAreFoundLaterAndOnTheOwnersThread() throws InterruptedException {
        lane.find("localhost", found::add);
        assertThat(found).isEmpty();
        runNext();
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void aNameThatLeadsNowhereHasNoAddress() throws InterruptedException {
        lane.find("no-such-host.invalid", found::add);
        runNext();
        assertThat(found).containsExactly(List.of());
    }

    @Test
    void digitsNeedNoLookup() throws InterruptedException {
        lane.find("192.0.2.7", found::add);
        lane.find("2001:db8::7", found::add);
        assertThat(tasks).as("without a thread").hasSize(2);
        assertThat(found).as("later").isEmpty();
        runNext();
        runNext();
        assertThat(found)
                .extracting(addresses -> addresses.get(0).getHostAddress())
                .containsExactly("192.0.2.7", "2001:db8:0:0:0:0:0:7");
    }

    @Test
    void whoAsksForTheSameNameSharesTheLookup() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            lane.find("no-such-host.invalid", found::add);
        }
        runNext();
        assertThat(found).hasSize(100);
        assertThat(tasks).isEmpty();
        lane.find("no-such-host.invalid", found::add);
        runNext();
        assertThat(found).as("and anew").hasSize(101);
    }

    @Test
    void anAnswerForAServerThatHasStoppedIsDropped() throws InterruptedException {
        LinkedBlockingQueue<String> refused = new LinkedBlockingQueue<>();
        ResolverLane late = new ResolverLane(task -> {
            refused.add("refused");
            throw new RejectedExecutionException("stopped");
        });
        late.find("localhost", found::add);
        assertThat(refused.poll(60, TimeUnit.SECONDS)).isEqualTo("refused");
        assertThat(found).isEmpty();
        late.stop();
    }
}
