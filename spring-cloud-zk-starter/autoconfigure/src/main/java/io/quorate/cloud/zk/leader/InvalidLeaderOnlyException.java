package io.quorate.cloud.zk.leader;

import java.lang.reflect.Method;

/** A method cannot be skipped, and says that it may be. */
public final class InvalidLeaderOnlyException extends RuntimeException {

    private final Method method;
    private final String remedy;

    private InvalidLeaderOnlyException(Method method, String why, String remedy) {
        super("@LeaderOnly stands at " + method.toGenericString() + ", " + why);
        this.method = method;
        this.remedy = remedy;
    }

    static InvalidLeaderOnlyException returning(Method method) {
        return new InvalidLeaderOnlyException(
                method,
                "which returns " + method.getReturnType().getSimpleName() + ": a skipped call has nothing to return",
                "Let " + method.getName() + " return void or an object that may be null");
    }

    static InvalidLeaderOnlyException unreachable(Method method) {
        return new InvalidLeaderOnlyException(
                method,
                "which is private, static or final: calls reach it past the proxy that would skip them",
                "Let " + method.getName() + " be neither private nor static nor final");
    }

    public Method method() {
        return method;
    }

    /** What to do about it, as a sentence without its end. */
    public String remedy() {
        return remedy;
    }
}
