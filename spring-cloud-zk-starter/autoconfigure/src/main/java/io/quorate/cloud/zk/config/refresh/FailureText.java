package io.quorate.cloud.zk.config.refresh;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/** Says what failed without saying any value; messages of binding and conversion quote values, which may be secrets. */
final class FailureText {

    private static final int MAX_CAUSES = 10;

    private FailureText() {}

    /** The property that could not be bound and where it stands, otherwise the kinds of exceptions. */
    static String of(Throwable failure) {
        StringBuilder kinds = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            if (at instanceof BindException bind) {
                return binding(bind);
            }
            kinds.append(depth == 0 ? "" : ", caused by ").append(at.getClass().getName());
            at = at.getCause();
        }
        return kinds.toString();
    }

    private static String binding(BindException bind) {
        ConfigurationProperty property = bind.getProperty();
        if (property == null) {
            return "no value of '" + bind.getName() + "' fits its type";
        }
        return "the value of '" + property.getName() + "' does not fit its type"
                + (property.getOrigin() == null ? "" : "; it stands in " + property.getOrigin());
    }
}
