package io.quorate.cloud.zk.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Gives every class its {@link ZkServer} before anything of it exists, which may be before its "before all". */
final class ZkTestExtension
        implements BeforeAllCallback, TestInstancePreConstructCallback, AfterAllCallback, ParameterResolver {

    private static final String CONNECT_STRING = "spring.cloud.zookeeper.connect-string";
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ZkTest.class);

    /** The server of one class, and what the property was before. */
    private record Given(ZkServer server, @Nullable String formerConnectString) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        given(context);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        given(context);
    }

    /** Nested classes share what their outermost class was given. */
    private static Given given(ExtensionContext context) {
        ExtensionContext outermost = context;
        while (outermost.getParent().isPresent()
                && outermost.getParent().get().getTestClass().isPresent()) {
            outermost = outermost.getParent().get();
        }
        return outermost.getStore(NAMESPACE).computeIfAbsent(Given.class, key -> give(), Given.class);
    }

    private static Given give() {
        ZkServer server = ZkServer.create();
        return new Given(server, System.setProperty(CONNECT_STRING, server.connectString()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Given given = context.getStore(NAMESPACE).remove(Given.class, Given.class);
        if (given == null) {
            return;
        }
        if (given.formerConnectString() == null) {
            System.clearProperty(CONNECT_STRING);
        } else {
            System.setProperty(CONNECT_STRING, given.formerConnectString());
        }
        given.server().close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ZkServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return given(context).server();
    }
}
