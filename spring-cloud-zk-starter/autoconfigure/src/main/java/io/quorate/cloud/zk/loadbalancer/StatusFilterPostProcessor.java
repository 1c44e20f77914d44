package io.quorate.cloud.zk.loadbalancer;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;

/** Puts the filter around suppliers that the application or another configuration of the balancer has made. */
final class StatusFilterPostProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof ServiceInstanceListSupplier supplier && !StatusFilter.isIn(supplier)
                ? new StatusFilter(supplier)
                : bean;
    }
}
