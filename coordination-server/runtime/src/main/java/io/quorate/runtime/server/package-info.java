/**
 * The embedding API: build, start and stop a server inside a JVM, without Spring. Tests of later parts and of users
 * stand on it.
 */
@NullMarked
package io.quorate.runtime.server;

import org.jspecify.annotations.NullMarked;
