/**
 * An ensemble in memory that plays what this server has not done yet and may have to do in a hurry: lead, and follow
 * somebody else.
 */
@NullMarked
package io.quorate.runtime.rehearsal;

import org.jspecify.annotations.NullMarked;
