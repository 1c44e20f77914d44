/**
 * The sub-commands of the jar. They write to the console, start no Spring context and never end the process themselves:
 * each returns its exit code.
 */
@NullMarked
package io.quorate.app.cli;

import org.jspecify.annotations.NullMarked;
