package io.quorate.cloud.zk.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.quorate.cloud.zk.autoconfigure.ZkObservationAutoConfiguration;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver;
import io.quorate.cloud.zk.registry.RegistrationObserver;
import io.quorate.cloud.zk.registry.RegistrationObserver.Operation;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class ObservationsTest {

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ZkObservationAutoConfiguration.class))
            .withBean(ObservationRegistry.class, () -> registry);

    @Test
    void aRegistrationIsNamedByWhatWasDoneAndHowItEnded() {
        ObservedRegistration observer = new ObservedRegistration(() -> registry, null);
        observer.begin(Operation.REGISTER, "orders").end(null);
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("zk.registration")
                .hasContextualNameEqualTo("register orders")
                .hasLowCardinalityKeyValue("operation", "register")
                .hasLowCardinalityKeyValue("service", "orders")
                .hasLowCardinalityKeyValue("outcome", "success")
                .doesNotHaveError()
                .hasBeenStopped();
    }

    @Test
    void aRegistrationThatFailsSaysWithWhichCode() {
        ObservedRegistration observer = new ObservedRegistration(() -> registry, null);
        observer.begin(Operation.DEREGISTER, "orders").end(new KeeperException.NoAuthException());
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("operation", "deregister")
                .hasLowCardinalityKeyValue("outcome", "noauth")
                .hasError()
                .hasBeenStopped();
    }

    @Test
    void aRefreshIsObservedWithNamesAndWithoutValues() {
        ObservedRefresh observer = new ObservedRefresh(() -> registry, null);
        AtomicReference<Object> around = new AtomicReference<>();
        RefreshObserver.Observed observed = observer.begin(Set.of("b.secret", "a.limit"));
        observed.run(() -> around.set(registry.getCurrentObservation()));
        observed.end(RefreshOutcome.REFUSED);
        assertThat(around.get()).as("what the application does belongs to it").isNotNull();
        assertThat(registry.getCurrentObservation()).isNull();
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("zk.config.refresh")
                .hasLowCardinalityKeyValue("outcome", "refused")
                .hasHighCardinalityKeyValue("keys", "a.limit,b.secret")
                .hasBeenStopped();
    }

    @Test
    void applicationsWithARegistryAreObservedUnlessTheySayNo() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(RegistrationObserver.class)
                .hasSingleBean(RefreshObserver.class)
                .hasSingleBean(LockAcquisitionObserver.class));
        runner.withPropertyValues("spring.cloud.zookeeper.observation.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(RegistrationObserver.class)
                        .doesNotHaveBean(RefreshObserver.class)
                        .doesNotHaveBean(LockAcquisitionObserver.class));
    }

    @Test
    void aConventionOfTheApplicationIsUsed() {
        runner.withBean(RegistrationObservationConvention.class, TeamsConvention::new)
                .run(context -> {
                    context.getBean(RegistrationObserver.class)
                            .begin(Operation.REGISTER, "orders")
                            .end(null);
                    TestObservationRegistryAssert.assertThat(registry)
                            .hasSingleObservationThat()
                            .hasNameEqualTo("team.registration")
                            .hasLowCardinalityKeyValue("team", "a");
                });
    }

    /** What a team might want. */
    private static final class TeamsConvention implements RegistrationObservationConvention {

        @Override
        public String getName() {
            return "team.registration";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(RegistrationObservationContext context) {
            return KeyValues.of("team", "a");
        }
    }
}
