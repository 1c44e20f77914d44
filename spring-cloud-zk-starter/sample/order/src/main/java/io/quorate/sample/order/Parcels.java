package io.quorate.sample.order;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Ships orders, and keeps out a leader that is no longer one. */
@Repository
class Parcels {

    private final JdbcClient jdbc;

    Parcels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Ships what is reserved. A process that stood still may believe that it leads while another does already; its
     * token is smaller than the one that the other has left here, and it changes nothing.
     *
     * @return how many
     * @throws IllegalStateException when a later leader has been here
     */
    @Transactional
    public int ship(long token) {
        int passed = jdbc.sql("update shipping_fence set token = :token where token <= :token")
                .param("token", token)
                .update();
        if (passed == 0) {
            throw new IllegalStateException("A leader with a larger token than " + token + " has shipped already");
        }
        return jdbc.sql("update customer_order set status = 'SHIPPED' where status = 'PLACED'")
                .update();
    }
}
