package io.quorate.cloud.zk.actuate;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What the starter observes. Paths, session ids and instance ids are in no key. */
public enum ZkObservationDocumentation implements ObservationDocumentation {

    /** A change of imported configuration, from the refresh event until the application has it. */
    REFRESH {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultRefreshObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return RefreshKeys.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return RefreshDetails.values();
        }
    },

    /** An attempt to create or remove the node of an instance. */
    REGISTRATION {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultRegistrationObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return RegistrationKeys.values();
        }
    };

    /** Keys of a refresh with few values. */
    public enum RefreshKeys implements KeyName {
        /** applied, refused, malformed or ignored. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }

    /** Keys of a refresh with many values. */
    public enum RefreshDetails implements KeyName {
        /** Names of the properties that changed. */
        KEYS {
            @Override
            public String asString() {
                return "keys";
            }
        }
    }

    /** Keys of a registration. */
    public enum RegistrationKeys implements KeyName {
        /** register or deregister. */
        OPERATION {
            @Override
            public String asString() {
                return "operation";
            }
        },
        /** Name that this application is registered under. */
        SERVICE {
            @Override
            public String asString() {
                return "service";
            }
        },
        /** success, or the code of the server's refusal. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }
}
