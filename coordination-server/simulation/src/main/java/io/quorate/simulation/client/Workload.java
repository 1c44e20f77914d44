package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;

/** What a client does next. The keys are few, so that clients get into each other's way. */
interface Workload {

    Request next(Knowledge known, SimRandom random);
}
