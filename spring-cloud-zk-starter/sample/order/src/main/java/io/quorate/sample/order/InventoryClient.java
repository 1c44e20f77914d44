package io.quorate.sample.order;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The inventory service, whichever instance of it answers. */
@HttpExchange("/stock/{item}")
interface InventoryClient {

    /**
     * What there is of an item.
     *
     * @param instance that has answered
     */
    record Stock(String item, int available, int priceCents, String instance) {}

    /** Pieces for an order. */
    record Reservation(String orderId, int quantity) {}

    @GetExchange
    Stock find(@PathVariable String item);

    /** May be repeated: what an order has got, it does not get again. */
    @PostExchange("/reservations")
    Stock reserve(@PathVariable String item, @RequestBody Reservation reservation);
}
