package io.quorate.cloud.zk.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Keeps cached contexts apart: each class has its chroot, so a context of another class is connected elsewhere. */
final class ZkContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return AnnotatedElementUtils.hasAnnotation(testClass, ZkTest.class) ? new OfClass(testClass.getName()) : null;
    }

    /** Changes nothing; as a part of the cache's key it only has to differ. */
    private record OfClass(String testClass) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            // The connect string is set for the whole class, see ZkTestExtension.
        }
    }
}
