package io.quorate.cloud.zk.actuate;

import io.micrometer.common.KeyValues;
import java.util.Locale;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** {@code zk.registration} by {@code operation}, {@code service} and {@code outcome}. */
public final class DefaultRegistrationObservationConvention implements RegistrationObservationConvention {

    @Override
    public String getName() {
        return "zk.registration";
    }

    @Override
    public String getContextualName(RegistrationObservationContext context) {
        return lower(context.operation()) + " " + context.service();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(RegistrationObservationContext context) {
        return KeyValues.of(
                ZkObservationDocumentation.RegistrationKeys.OPERATION.withValue(lower(context.operation())),
                ZkObservationDocumentation.RegistrationKeys.SERVICE.withValue(context.service()),
                ZkObservationDocumentation.RegistrationKeys.OUTCOME.withValue(outcome(context.getError())));
    }

    /** The server's code, of which there are few. */
    private static String outcome(@Nullable Throwable error) {
        if (error == null) {
            return "success";
        }
        return error instanceof KeeperException refused ? lower(refused.code()) : "error";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
