package io.quorate.sample.order;

import io.quorate.sample.order.InventoryClient.Reservation;
import io.quorate.sample.order.InventoryClient.Stock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpClientErrorException;

/** Makes offers and takes orders, with what the inventory service says. */
@Service
class OrderDesk {

    private final InventoryClient inventory;
    private final Pricing pricing;
    private final Orders orders;

    OrderDesk(InventoryClient inventory, Pricing pricing, Orders orders) {
        this.inventory = inventory;
        this.pricing = pricing;
        this.orders = orders;
    }

    Offer offer(String item) {
        Stock stock = inventory.find(item);
        return new Offer(item, stock.available(), pricing.discounted(stock.priceCents()), stock.instance());
    }

    /** Written down first: pieces are reserved for orders that are known, whatever happens between the two steps. */
    Order place(String item, int quantity) {
        int price = offer(item).priceCents() * quantity;
        Order order = new Order(UUID.randomUUID().toString(), item, quantity, price, Order.Status.NEW);
        orders.add(order);
        try {
            inventory.reserve(item, new Reservation(order.id(), quantity));
        } catch (HttpClientErrorException.Conflict tooFew) {
            orders.setStatus(order.id(), Order.Status.REJECTED);
            throw tooFew;
        }
        orders.setStatus(order.id(), Order.Status.PLACED);
        return orders.find(order.id()).orElseThrow();
    }
}
