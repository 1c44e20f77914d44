package io.quorate.cloud.zk.leader;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Skips what only a leader runs. Thread-safe. */
final class LeaderOnlyMethods implements MethodInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderOnlyMethods.class);

    private final Supplier<LeaderElections> elections;
    private final UnaryOperator<String> placeholders;
    private final Map<MethodOf, Optional<String>> roles = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> skipped = new ConcurrentSkipListMap<>();

    /** A method as one class has it. */
    private record MethodOf(Method method, Class<?> type) {}

    LeaderOnlyMethods(Supplier<LeaderElections> elections, UnaryOperator<String> placeholders) {
        this.elections = elections;
        this.placeholders = placeholders;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        String role = roleOf(invocation.getMethod(), type).orElse(null);
        if (role == null || elections.get().role(role).isLeader()) {
            return invocation.proceed();
        }
        LOG.trace("Skipped {}: not leading '{}'", invocation.getMethod(), role);
        skipped.get(role).increment();
        return invocation.getMethod().getReturnType() == Optional.class ? Optional.empty() : null;
    }

    /**
     * The role that a method is for; empty when it is for all.
     *
     * @throws InvalidLeaderOnlyException when calls of the method cannot be skipped
     */
    Optional<String> roleOf(Method method, Class<?> type) {
        return roles.computeIfAbsent(new MethodOf(method, type), key -> find(key.method(), key.type()));
    }

    private Optional<String> find(Method method, Class<?> type) {
        Method specific = AopUtils.getMostSpecificMethod(method, type);
        LeaderOnly annotation = AnnotatedElementUtils.findMergedAnnotation(specific, LeaderOnly.class);
        if (annotation == null
                && !Modifier.isPrivate(specific.getModifiers())
                && !Modifier.isStatic(specific.getModifiers())
                && !ReflectionUtils.isObjectMethod(specific)) {
            annotation = AnnotatedElementUtils.findMergedAnnotation(type, LeaderOnly.class);
        }
        if (annotation == null) {
            return Optional.empty();
        }
        requireSkippable(specific);
        String role = placeholders.apply(annotation.value());
        skipped.computeIfAbsent(role, name -> new LongAdder());
        return Optional.of(role);
    }

    private static void requireSkippable(Method method) {
        Class<?> returned = method.getReturnType();
        if (returned != void.class && (returned.isPrimitive() || isReactive(returned))) {
            throw InvalidLeaderOnlyException.returning(method);
        }
    }

    /**
     * Makes sure that a proxy can skip a method that says for itself that it may be skipped.
     *
     * @param subclass whether the proxy is a subclass, rather than another implementation of interfaces
     * @throws InvalidLeaderOnlyException when calls would reach the method past the proxy
     */
    static void requireReachable(Method method, boolean subclass) {
        int modifiers = method.getModifiers();
        boolean past = Modifier.isPrivate(modifiers)
                || Modifier.isStatic(modifiers)
                || subclass && Modifier.isFinal(modifiers);
        if (past && AnnotatedElementUtils.hasAnnotation(method, LeaderOnly.class)) {
            throw InvalidLeaderOnlyException.unreachable(method);
        }
    }

    /** What runs when it is subscribed to runs after the call, and cannot be skipped by it. */
    private static boolean isReactive(Class<?> returned) {
        return CompletionStage.class.isAssignableFrom(returned)
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null;
    }

    /** Roles of the methods that were seen so far. */
    Collection<String> roles() {
        return skipped.keySet();
    }

    /** Calls that were skipped because this application did not lead the role. */
    long skipped(String role) {
        LongAdder count = skipped.get(role);
        return count == null ? 0 : count.sum();
    }
}
