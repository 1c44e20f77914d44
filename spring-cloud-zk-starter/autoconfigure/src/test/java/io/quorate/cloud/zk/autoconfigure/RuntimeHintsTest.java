package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.actuate.EndpointSection;
import io.quorate.cloud.zk.config.ZkConfigProperties;
import io.quorate.cloud.zk.embedded.ZkEmbeddedProperties;
import io.quorate.cloud.zk.leader.LeaderOnly;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.apache.curator.utils.Compatibility;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.server.auth.DigestLoginModule;
import org.apache.zookeeper.server.quorum.MultipleAddresses;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * What a native image must be told, because the starter or the client below it reaches it by reflection or by its name
 * only. What beans need, their processing ahead of time says by itself.
 */
final class RuntimeHintsTest {

    private static final String ROOT = "io.quorate.cloud.zk";

    /** Of all registrars that {@code aot.factories} names, the endpoint's among them where it is exposed. */
    private static RuntimeHints hints(ClassLoader loader) {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", loader)
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith(ROOT))
                .forEach(registrar -> registrar.registerHints(hints, loader));
        new ZkEndpointRuntimeHints().registerHints(hints, loader);
        return hints;
    }

    private static RuntimeHints hints() {
        return hints(RuntimeHintsTest.class.getClassLoader());
    }

    @ParameterizedTest
    @ValueSource(classes = {ZkClientProperties.class, ZkConfigProperties.class, ZkEmbeddedProperties.class})
    void propertiesThatAreBoundBeforeThereAreBeansCanBeConstructed(Class<?> properties) {
        RuntimeHints hints = hints();
        for (Class<?> type : withNestedRecords(properties)) {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                assertThat(reflection().onConstructorInvocation(constructor)).accepts(hints);
            }
        }
    }

    private static Set<Class<?>> withNestedRecords(Class<?> properties) {
        Set<Class<?>> types = new LinkedHashSet<>(Set.of(properties));
        for (RecordComponent component : properties.getRecordComponents()) {
            recordsIn(ResolvableType.forMethodReturnType(component.getAccessor()), types);
        }
        return types;
    }

    /** The bundles of local configuration are bound for the import, whether or not there will be a bean of them. */
    @Test
    void bundlesOfLocalConfigurationCanBeBound() throws NoSuchMethodException {
        RuntimeHints hints = hints();
        assertThat(reflection().onMethodInvocation(SslProperties.class.getMethod("getBundle")))
                .accepts(hints);
        assertThat(reflection()
                        .onMethodInvocation(
                                PemSslBundleProperties.Store.class.getMethod("setCertificate", String.class)))
                .accepts(hints);
    }

    static Stream<Class<?>> sections() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT).stream()
                        .filter(type -> type.isAssignableTo(EndpointSection.class) && !type.isInterface())
                        .map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("sections")
    void everythingThatTheEndpointShowsCanBeWritten(Class<?> section) throws NoSuchMethodException {
        Set<Class<?>> shown = new LinkedHashSet<>();
        recordsIn(ResolvableType.forMethodReturnType(section.getMethod("content")), shown);
        assertThat(shown).isNotEmpty();
        RuntimeHints hints = hints();
        for (Class<?> type : shown) {
            for (RecordComponent component : type.getRecordComponents()) {
                assertThat(reflection().onMethodInvocation(component.getAccessor()))
                        .accepts(hints);
            }
        }
    }

    /** Our records in a type, in its arguments, and in the components of those. */
    private static void recordsIn(ResolvableType type, Set<Class<?>> found) {
        for (ResolvableType argument : type.getGenerics()) {
            recordsIn(argument, found);
        }
        Class<?> resolved = type.toClass();
        if (resolved.isRecord() && resolved.getName().startsWith(ROOT) && found.add(resolved)) {
            for (RecordComponent component : resolved.getRecordComponents()) {
                recordsIn(ResolvableType.forMethodReturnType(component.getAccessor()), found);
            }
        }
    }

    /** The client makes one of the two by its name; the second is the one for TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"org.apache.zookeeper.ClientCnxnSocketNIO", "org.apache.zookeeper.ClientCnxnSocketNetty"})
    void theSocketsOfTheClientCanBeMade(String socket) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(socket).getDeclaredConstructor(ZKClientConfig.class);
        assertThat(reflection().onConstructorInvocation(constructor)).accepts(hints());
    }

    /** A JAAS configuration names it. */
    @Test
    void theLoginModuleOfTheClientCanBeMade() throws NoSuchMethodException {
        assertThat(reflection().onConstructorInvocation(DigestLoginModule.class.getConstructor()))
                .accepts(hints());
    }

    /** {@link Compatibility} decides by what it finds whether watches are persistent, and how members are read. */
    @Test
    void curatorFindsWhatTheClientCanDo() throws ReflectiveOperationException {
        RuntimeHints hints = hints();
        assertThat(reflection().onType(AddWatchMode.class)).accepts(hints);
        assertThat(reflection().onMethodInvocation(MultipleAddresses.class.getMethod("getReachableOrOne")))
                .accepts(hints);
        assertThat(reflection().onFieldAccess(QuorumPeer.QuorumServer.class.getField("addr")))
                .accepts(hints);
    }

    /** Whether they are there is asked while the application runs. */
    @Test
    void otherLibrariesAreFoundWhereTheyAre() {
        List<String> names = List.of(
                ZkTwoLibrariesAutoConfiguration.THEIRS,
                "org.springframework.cloud.zookeeper.config.ZookeeperConfigDataLocationResolver",
                "io.quorate.runtime.server.CoordinationServer");
        assertThat(reflection().onType(TypeReference.of(names.get(2)))).accepts(hints());
        for (String theirs : names.subList(0, 2)) {
            byte[] bytes =
                    new ByteBuddy().subclass(Object.class).name(theirs).make().getBytes();
            ClassLoader both = new ByteArrayClassLoader(getClass().getClassLoader(), Map.of(theirs, bytes));
            assertThat(reflection().onType(TypeReference.of(theirs))).accepts(hints(both));
            assertThat(reflection().onType(TypeReference.of(theirs))).rejects(hints());
        }
    }

    /** Also where a proxy implements interfaces and is no subclass, whose making says so by itself. */
    @Test
    void methodsThatOnlyALeaderRunsAreSeen() throws NoSuchMethodException {
        RuntimeHints hints = new RuntimeHints();
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Job.class);
        assertThat(reflection().onMethodInvocation(Job.class.getDeclaredMethod("run")))
                .accepts(hints);
    }

    /** As developers write it. */
    static class Job {

        @LeaderOnly("billing")
        void run() {}
    }
}
