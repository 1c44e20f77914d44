/**
 * The comparison with Apache ZooKeeper, in one run on one machine: throughput, latency at a rate both hold, heap per
 * node, and the time to start. A program, not a test: the profile {@code compare} of the pom runs it.
 */
@NullMarked
package io.quorate.app.compare;

import org.jspecify.annotations.NullMarked;
