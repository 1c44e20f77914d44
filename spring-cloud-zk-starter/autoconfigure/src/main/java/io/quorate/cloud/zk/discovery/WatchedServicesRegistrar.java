package io.quorate.cloud.zk.discovery;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Hands what {@link EnableDiscovery#watch()} names to the catalog, as a bean. Its definition holds values, no supplier,
 * so that it can be written down ahead of time.
 */
final class WatchedServicesRegistrar implements ImportBeanDefinitionRegistrar {

    @Override
    public void registerBeanDefinitions(AnnotationMetadata annotated, BeanDefinitionRegistry registry) {
        Map<String, Object> attributes = annotated.getAnnotationAttributes(EnableDiscovery.class.getName());
        if (attributes != null && attributes.get("watch") instanceof String[] names && names.length > 0) {
            registry.registerBeanDefinition(
                    WatchedServices.class.getName() + "#" + annotated.getClassName(),
                    BeanDefinitionBuilder.rootBeanDefinition(WatchedServices.class)
                            .addConstructorArgValue(List.of(names))
                            .getBeanDefinition());
        }
    }
}
