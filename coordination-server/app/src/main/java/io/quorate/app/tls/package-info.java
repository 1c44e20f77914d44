/** Keys for encrypted client connections: from properties and files to what the runtime encrypts with. */
@NullMarked
package io.quorate.app.tls;

import org.jspecify.annotations.NullMarked;
