package io.quorate.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.util.Calendar;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * Rules D1 to D6 and D11 of {@code docs/architecture.md}, for core. A rule whose packages are still empty passes: it
 * looks at what is there, and waits for the rest.
 */
@AnalyzeClasses(packages = "io.quorate.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> CORE = resideInAPackage("io.quorate.core..");

    private static final DescribedPredicate<JavaClass> PLAIN_JAVA = resideInAnyPackage(
            "io.quorate.core..",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio",
            "java.nio.charset",
            "java.util",
            "java.util.function",
            "java.util.zip",
            "org.jspecify.annotations");

    private static final DescribedPredicate<JavaClass> CONCRETE_ROLE = assignableTo("io.quorate.core.zab.Role")
            .and(DescribedPredicate.not(modifier(JavaModifier.ABSTRACT)))
            .as("are concrete roles");

    @ArchTest
    static final ArchRule d1CoreIsPlainJava = classes()
            .that(CORE)
            .and()
            .resideOutsideOfPackage("io.quorate.core.auth..")
            .should()
            .onlyDependOnClassesThat(PLAIN_JAVA)
            .because("core decides and does nothing else, so it needs no more of the JDK than values and collections")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d1AuthMayHashAndParseNames = classes()
            .that()
            .resideInAPackage("io.quorate.core.auth..")
            .should()
            .onlyDependOnClassesThat(PLAIN_JAVA.or(resideInAnyPackage("java.security", "javax.security.auth.x500")))
            .because("the schemes compare hashes and names of certificates, and both are pure functions")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d2CoreReadsNothingAmbient = noClasses()
            .that(CORE)
            .should()
            .accessTargetWhere(member(
                    "java.lang.System",
                    "nanoTime|currentTimeMillis|getProperty|getProperties|setProperty|clearProperty|getenv"
                            + "|identityHashCode|lineSeparator|in|out|err|exit|console|getLogger"))
            .orShould()
            .accessTargetWhere(member("java.lang.Math|java.lang.StrictMath", "random"))
            .orShould()
            .accessTargetWhere(member("java.util.Collections", "shuffle"))
            .orShould()
            .accessTargetWhere(member("java.lang.Integer|java.lang.Long", "getInteger|getLong"))
            .orShould()
            .accessTargetWhere(member("java.lang.Boolean", "getBoolean"))
            .orShould()
            .dependOnClassesThat(belongToAnyOf(
                    Thread.class,
                    ThreadGroup.class,
                    ThreadLocal.class,
                    Runtime.class,
                    Process.class,
                    ProcessBuilder.class,
                    Random.class,
                    SplittableRandom.class,
                    SecureRandom.class,
                    UUID.class,
                    Timer.class,
                    TimerTask.class,
                    Date.class,
                    Calendar.class))
            .because("whatever core does not receive as an input cannot be replayed")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d3CoreHasNoSynchronizedMethod = noMethods()
            .that()
            .areDeclaredInClassesThat(CORE)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("one thread owns all of core, so a lock would guard nothing and hide a second owner")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d3CoreHasNoVolatileField = noFields()
            .that()
            .areDeclaredInClassesThat(CORE)
            .should()
            .haveModifier(JavaModifier.VOLATILE)
            .because("state is published to other threads by the runtime, once per turn")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d3CoreKnowsNoConcurrency = noClasses()
            .that(CORE)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("java.util.concurrent..").or(belongToAnyOf(ThreadLocal.class, VarHandle.class)))
            .orShould()
            .accessTargetWhere(member("java.lang.Object", "wait|notify|notifyAll"))
            .because("order in core is kept by one owner, never restored by atomics, locks or monitors")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d4StaticFieldsAreFinal = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("state that belongs to no instance is shared by every replica of a simulation")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d5PackagesAreAcyclic = slices().matching("io.quorate.core.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle are one package")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d5PackagesFollowTheirOrder = classes()
            .that(CORE)
            .should(new PackageOrder())
            .because("a newcomer reads core from the bottom up and meets nothing that is not explained yet")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d6OrderIsDefinedByTheInputs = noClasses()
            .that(CORE)
            .should()
            .accessTargetWhere(member("java.util.Set|java.util.Map", "of|ofEntries|copyOf"))
            .orShould()
            .dependOnClassesThat(belongToAnyOf(IdentityHashMap.class, WeakHashMap.class))
            .because("these collections iterate in another order in every run of the virtual machine")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d6KeysHaveTheirOwnHash = fields().that()
            .areDeclaredInClassesThat(CORE)
            .should(new KeysByValue())
            .because("a key without its own hashCode is hashed by identity, which differs from run to run")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d11RolesDoNotKnowOneAnother = classes()
            .that(CONCRETE_ROLE)
            .should(new OnlyItsOwnRole(CONCRETE_ROLE))
            .because("a role ends by telling the replica, and the replica chooses what follows")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule d11OnlyTheReplicaChangesRoles = noClasses()
            .that(CORE)
            .and()
            .doNotHaveFullyQualifiedName("io.quorate.core.replica.Replica")
            .and()
            .doNotHaveFullyQualifiedName("io.quorate.core.replica.Ensemble")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "a concrete role is created by another class",
                    access -> access.getTarget().getName().equals("<init>")
                            && CONCRETE_ROLE.test(access.getTargetOwner())
                            && !access.getOriginOwner().equals(access.getTargetOwner())))
            .because("two classes that change roles can disagree about the role")
            .allowEmptyShould(true);

    /** Accesses, method references included, of the members so named of the owners so named; both are alternatives. */
    private static DescribedPredicate<JavaAccess<?>> member(String owners, String names) {
        Set<String> wantedOwners = Set.of(owners.split("\\|"));
        Set<String> wantedNames = Set.of(names.split("\\|"));
        return DescribedPredicate.describe(
                owners + "." + names,
                access -> wantedOwners.contains(access.getTargetOwner().getName())
                        && wantedNames.contains(access.getTarget().getName()));
    }
}
