package io.quorate.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.BaseStream;

/** Rules D4, D7, D8 and D10 of {@code docs/architecture.md}, for the runtime. */
@AnalyzeClasses(packages = "io.quorate.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final List<String> THREAD_SOURCES = List.of(
            "java.lang.Thread",
            "java.util.Timer",
            "java.util.concurrent.AbstractExecutorService",
            "java.util.concurrent.ThreadFactory",
            "io.netty.util.concurrent.EventExecutorGroup",
            "io.netty.util.HashedWheelTimer");

    @ArchTest
    static final ArchRule d4StaticFieldsAreFinal = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("several servers live in one virtual machine, and they share nothing")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d7NettyStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("io.quorate.runtime.netty..", "io.quorate.runtime.loop..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .because("everything else is testable without a channel")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d7FilesStayInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.runtime.disk..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(FileChannel.class)
            .because("what is durable is decided where force is called, and nowhere else")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d7MicrometerStaysInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.runtime.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("metrics watch the server through its events and its status")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d7SpringStaysOutside = noClasses()
            .that()
            .resideInAPackage("io.quorate.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .because("the server is embedded without Spring")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d8ThreadsHaveKnownSources = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.quorate.runtime.loop..", "io.quorate.runtime.disk..", "io.quorate.runtime.rehearsal..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "a thread, a pool of threads or a timer is created", ArchitectureTest::createsThread))
            .because("one thread owns the replica, two serve its disk, one rehearses; a further one is a decision")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d10CoreIsSeenThroughItsEntrance = noClasses()
            .that()
            .resideInAPackage("io.quorate.runtime..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.quorate.core..")
                    .and(resideOutsideOfPackages(
                            "io.quorate.core.replica",
                            "io.quorate.core.port",
                            "io.quorate.core.wire..",
                            "io.quorate.core.base")))
            .because("what is reached past the replica is changed outside its turn")
            .allowEmptyShould(true);

    /** Construction or subclassing of what starts threads, and the calls that start some behind the caller's back. */
    private static boolean createsThread(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        if (name.equals("<init>")) {
            return THREAD_SOURCES.stream().anyMatch(owner::isAssignableTo);
        }
        boolean commonPool = owner.isAssignableTo(CompletableFuture.class) && name.endsWith("Async")
                || owner.isAssignableTo(BaseStream.class) && name.equals("parallel")
                || name.equals("parallelStream");
        return commonPool || owner.isEquivalentTo(Executors.class);
    }
}
