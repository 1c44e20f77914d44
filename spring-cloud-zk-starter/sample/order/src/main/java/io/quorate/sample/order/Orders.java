package io.quorate.sample.order;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders in the database. */
@Repository
class Orders {

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Order order) {
        jdbc.sql("""
                        insert into customer_order (id, item, quantity, price_cents, status)
                        values (:id, :item, :quantity, :priceCents, :status)
                        """)
                .param("id", order.id())
                .param("item", order.item())
                .param("quantity", order.quantity())
                .param("priceCents", order.priceCents())
                .param("status", order.status().name())
                .update();
    }

    void setStatus(String id, Order.Status status) {
        jdbc.sql("update customer_order set status = :status where id = :id")
                .param("status", status.name())
                .param("id", id)
                .update();
    }

    Optional<Order> find(String id) {
        return jdbc.sql("select id, item, quantity, price_cents, status from customer_order where id = :id")
                .param("id", id)
                .query(Order.class)
                .optional();
    }
}
