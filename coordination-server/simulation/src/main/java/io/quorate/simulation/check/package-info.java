/**
 * What must hold, and a model of the service that was written from its description alone: plain maps of strings,
 * nothing of the core but the transactions that its log is made of.
 */
@NullMarked
package io.quorate.simulation.check;

import org.jspecify.annotations.NullMarked;
