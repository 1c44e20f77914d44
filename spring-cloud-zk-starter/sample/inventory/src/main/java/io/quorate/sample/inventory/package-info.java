/** The inventory service of the sample: how much there is of an item, and reservations of it. */
@NullMarked
package io.quorate.sample.inventory;

import org.jspecify.annotations.NullMarked;
