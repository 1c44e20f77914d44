package io.quorate.cloud.zk.leader;

import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Gives beans with {@link LeaderOnly} methods a proxy that skips them, and knows the roles that they need. The proxy
 * asks before everything else that other proxies do, so that a skipped call opens no transaction.
 */
public final class LeaderOnlyPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private final LeaderOnlyMethods methods;

    /** @param elections asked for with the first call, since this exists before most beans */
    public LeaderOnlyPostProcessor(Supplier<LeaderElections> elections, Environment environment) {
        methods = new LeaderOnlyMethods(elections, environment::resolveRequiredPlaceholders);
        Pointcut annotated = new ComposablePointcut(new AnnotationMatchingPointcut(LeaderOnly.class, true))
                .union((Pointcut) new AnnotationMatchingPointcut(null, LeaderOnly.class, true));
        advisor = new DefaultPointcutAdvisor(annotated, methods);
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    /** Looks at every method, so that one that cannot be skipped stops the start. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
        Object proxy = super.postProcessAfterInitialization(bean, beanName);
        if (isEligible(type)) {
            boolean subclass = AopUtils.isCglibProxy(proxy);
            ReflectionUtils.doWithMethods(
                    type,
                    method -> {
                        LeaderOnlyMethods.requireReachable(method, subclass);
                        methods.roleOf(method, type);
                    },
                    ReflectionUtils.USER_DECLARED_METHODS);
        }
        return proxy;
    }

    /** Roles of the beans that there are so far. */
    public Collection<String> roles() {
        return methods.roles();
    }

    /** Calls that were skipped because this application did not lead the role. */
    public long skipped(String role) {
        return methods.skipped(role);
    }
}
