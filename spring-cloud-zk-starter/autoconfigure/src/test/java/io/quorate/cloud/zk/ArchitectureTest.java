package io.quorate.cloud.zk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.AbstractExecutorService;

/** What holds for the starter as a whole ({@code docs/decisions/0009-starter-stands-alone.md}). */
@AnalyzeClasses(packages = "io.quorate.cloud.zk", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule noModuleOfTheServer = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.cloud.zk.test..")
            .and()
            .doNotHaveFullyQualifiedName("io.quorate.cloud.zk.embedded.EmbeddedServer")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.quorate.core..", "io.quorate.runtime..", "io.quorate.app.."))
            .because("to the starter, ours is a ZooKeeper server like any other, and only the one inside an"
                    + " application is started by it");

    @ArchTest
    static final ArchRule noJsonLibrary = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml..", "tools.jackson..", "com.google.gson.."))
            .because("applications choose their own, or none");

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("several applications live in one virtual machine, and they share nothing");

    @ArchTest
    static final ArchRule threadsHaveOneSource = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.cloud.zk.test..")
            .and()
            .haveNameNotMatching(".*\\.(ZkScheduler|ZkEvents|HealthFollower)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AbstractExecutorService.class)
            .because("ZkScheduler owns two threads, and ZkEvents and HealthFollower those that run what is the"
                    + " application's");

    @ArchTest
    static final ArchRule theClientKnowsNothingOfWhatStandsOnIt = noClasses()
            .that()
            .resideInAnyPackage("io.quorate.cloud.zk", "io.quorate.cloud.zk.tls")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.quorate.cloud.zk.discovery..",
                    "io.quorate.cloud.zk.registry..",
                    "io.quorate.cloud.zk.loadbalancer..",
                    "io.quorate.cloud.zk.actuate..",
                    "io.quorate.cloud.zk.autoconfigure.."))
            .because("configuration is imported before there is a context");
}
