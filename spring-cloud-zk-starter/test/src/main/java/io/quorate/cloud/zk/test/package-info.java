/**
 * A coordination server inside a test: one for the virtual machine, a chroot for each test class, and every way to
 * disturb it.
 */
@NullMarked
package io.quorate.cloud.zk.test;

import org.jspecify.annotations.NullMarked;
