package io.quorate.cloud.zk.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class LeaderOnlyPostProcessorTest {

    private final SwitchedElection election = new SwitchedElection();
    private final MockEnvironment environment = new MockEnvironment().withProperty("role", "billing");
    private final LeaderOnlyPostProcessor processor = new LeaderOnlyPostProcessor(() -> election, environment);

    LeaderOnlyPostProcessorTest() {
        processor.setBeanFactory(new DefaultListableBeanFactory());
    }

    @SuppressWarnings("unchecked")
    private <T> T processed(T bean) {
        return (T) processor.postProcessAfterInitialization(bean, "bean");
    }

    static class Jobs {

        int runs;

        @LeaderOnly("${role}")
        void closeInvoices() {
            runs++;
        }

        @LeaderOnly("billing")
        String report() {
            return "report";
        }

        @LeaderOnly("billing")
        Optional<String> find() {
            return Optional.of("found");
        }

        String everywhere() {
            return "everywhere";
        }

        int runs() {
            return runs;
        }
    }

    @LeaderOnly("cleaning")
    static class Cleaner {

        public String clean() {
            return "clean";
        }
    }

    @LeaderOnly("cleaning")
    static class Sweeper {

        int runs;

        void sweep() {
            runs++;
        }

        static int notOfTheBean() {
            return 1;
        }

        private int onlyCalledFromHere() {
            return 2;
        }
    }

    static class Counting {

        @LeaderOnly("billing")
        int count() {
            return 1;
        }
    }

    static class Hidden {

        @LeaderOnly("billing")
        private void hidden() {}
    }

    static class Final {

        @LeaderOnly("billing")
        final void run() {}
    }

    static class Static {

        @LeaderOnly("billing")
        static void run() {}
    }

    interface Task {

        String run();
    }

    static class FinalTask implements Task {

        @Override
        @LeaderOnly("billing")
        public final String run() {
            return "ran";
        }
    }

    static class Plain {}

    @Test
    void runsWhereItLeads() {
        Jobs jobs = processed(new Jobs());
        election.leads = true;

        jobs.closeInvoices();

        assertThat(jobs.runs()).isEqualTo(1);
        assertThat(jobs.report()).isEqualTo("report");
        assertThat(processor.skipped("billing")).isZero();
    }

    @Test
    void skipsAndCountsElsewhere() {
        Jobs jobs = processed(new Jobs());

        jobs.closeInvoices();

        assertThat(jobs.runs()).isZero();
        assertThat(jobs.report()).isNull();
        assertThat(jobs.find()).isEmpty();
        assertThat(jobs.everywhere()).isEqualTo("everywhere");
        assertThat(processor.skipped("billing")).isEqualTo(3);
    }

    @Test
    void aTypeStandsForItsMethods() {
        Cleaner cleaner = processed(new Cleaner());

        assertThat(cleaner.clean()).isNull();
        election.leads = true;
        assertThat(cleaner.clean()).isEqualTo("clean");
    }

    @Test
    void knowsTheRolesBeforeAnyCall() {
        processed(new Jobs());
        processed(new Cleaner());

        assertThat(processor.roles()).containsExactly("billing", "cleaning");
    }

    @Test
    void leavesOtherBeansAlone() {
        Plain plain = new Plain();

        assertThat(processed(plain)).isSameAs(plain);
    }

    @Test
    void refusesWhatCannotBeSkipped() {
        assertThatThrownBy(() -> processed(new Counting()))
                .isInstanceOf(InvalidLeaderOnlyException.class)
                .hasMessageContaining("count()")
                .hasMessageContaining("int");
    }

    @Test
    void aTypeStandsForMethodsThatAreNotPublicToo() {
        Sweeper target = new Sweeper();

        processed(target).sweep();
        assertThat(target.runs).isZero();
        election.leads = true;
        processed(target).sweep();
        assertThat(target.runs).isEqualTo(1);
    }

    @Test
    void refusesWhatIsCalledPastTheProxy() {
        for (Object bean : List.of(new Hidden(), new Final(), new Static())) {
            assertThatThrownBy(() -> processed(bean))
                    .isInstanceOf(InvalidLeaderOnlyException.class)
                    .hasMessageContaining(bean.getClass().getSimpleName())
                    .hasMessageContaining("private, static or final");
        }
    }

    @Test
    void aFinalMethodOfAnInterfaceIsSkippedByAProxyOfTheInterface() {
        environment.setProperty("spring.aop.proxy-target-class", "false");
        LeaderOnlyPostProcessor interfaces = new LeaderOnlyPostProcessor(() -> election, environment);
        interfaces.setBeanFactory(new DefaultListableBeanFactory());

        Task task = (Task) interfaces.postProcessAfterInitialization(new FinalTask(), "bean");

        assertThat(task.run()).isNull();
        election.leads = true;
        assertThat(task.run()).isEqualTo("ran");
    }

    /** Every role at once, led or not as the test says. */
    private static final class SwitchedElection implements LeaderElections, LeaderElection {

        boolean leads;

        @Override
        public LeaderElection role(String name) {
            return this;
        }

        @Override
        public List<LeaderElection> roles() {
            return List.of(this);
        }

        @Override
        public String role() {
            return "any";
        }

        @Override
        public boolean isLeader() {
            return leads;
        }

        @Override
        public Optional<LeadershipToken> token() {
            return Optional.empty();
        }

        @Override
        public Optional<Participant> leader() {
            return Optional.empty();
        }

        @Override
        public List<Participant> participants() {
            return List.of();
        }

        @Override
        public void resign() {
            leads = false;
        }

        @Override
        public <T> T inLeadership(FencedWork<T> work) {
            throw new UnsupportedOperationException();
        }
    }
}
