package io.quorate.runtime.kit;

import static io.quorate.runtime.kit.MemberKind.QUORATE;
import static io.quorate.runtime.kit.MemberKind.REFERENCE;

import org.junit.jupiter.api.Nested;

/** {@link ReplicatedKit} on ensembles of both kinds, each led by either. */
final class MixedReplicatedTest {

    @Nested
    final class OneOfOursLeads extends ReplicatedKit implements OnReference {
        @Override
        public EnsembleUnderTest newEnsemble() {
            return MixedEnsemble.of(REFERENCE, REFERENCE, QUORATE, 3);
        }
    }

    @Nested
    final class OneOfOursFollows extends ReplicatedKit implements OnReference {
        @Override
        public EnsembleUnderTest newEnsemble() {
            return MixedEnsemble.of(REFERENCE, REFERENCE, QUORATE, 2);
        }
    }

    @Nested
    final class OneOfTheirsLeads extends ReplicatedKit implements OnReference {
        @Override
        public EnsembleUnderTest newEnsemble() {
            return MixedEnsemble.of(QUORATE, QUORATE, REFERENCE, 3);
        }
    }

    @Nested
    final class OneOfTheirsFollows extends ReplicatedKit implements OnReference {
        @Override
        public EnsembleUnderTest newEnsemble() {
            return MixedEnsemble.of(QUORATE, QUORATE, REFERENCE, 2);
        }
    }
}
