/**
 * The settings that people bring along from Apache ZooKeeper: {@code zoo.cfg} and {@code -Dzookeeper.*}. What each key
 * means here is data, in {@code keys.txt}; this package reads that table and turns settings into {@code coordination.*}
 * properties.
 */
@NullMarked
package io.quorate.app.zookeeper;

import org.jspecify.annotations.NullMarked;
