package io.quorate.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rule D4 of {@code docs/architecture.md}, for the simulation. */
@AnalyzeClasses(packages = "io.quorate.simulation", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule d4StaticFieldsAreFinal = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("a run that leaves something behind changes the next one, and its seed no longer replays it")
            .allowEmptyShould(true);
}
