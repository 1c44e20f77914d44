package io.quorate.cloud.zk.leader;

import java.lang.reflect.Method;

/** A method cannot be skipped, and says that it may be. */
public final class InvalidLeaderOnlyException extends RuntimeException {

    private final Method method;

    InvalidLeaderOnlyException(Method method) {
        super("@LeaderOnly stands at " + method.toGenericString() + ", which returns "
                + method.getReturnType().getSimpleName() + ": a skipped call has nothing to return");
        this.method = method;
    }

    public Method method() {
        return method;
    }
}
