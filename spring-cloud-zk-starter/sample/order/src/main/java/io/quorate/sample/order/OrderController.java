package io.quorate.sample.order;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;

/** What customers call. */
@RestController
class OrderController {

    /** What a customer wants. */
    record Wish(String item, int quantity) {}

    private final OrderDesk desk;
    private final Orders orders;

    OrderController(OrderDesk desk, Orders orders) {
        this.desk = desk;
        this.orders = orders;
    }

    @GetMapping("/offers/{item}")
    Offer offer(@PathVariable String item) {
        return desk.offer(item);
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Order place(@RequestBody Wish wish) {
        return desk.place(wish.item(), wish.quantity());
    }

    @GetMapping("/orders/{id}")
    Order find(@PathVariable String id) {
        return orders.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no order " + id));
    }

    /** What the inventory service refuses is the customer's business. */
    @ExceptionHandler
    ProblemDetail refused(HttpClientErrorException e) {
        ProblemDetail problem = e.getResponseBodyAs(ProblemDetail.class);
        return problem == null ? ProblemDetail.forStatus(e.getStatusCode()) : problem;
    }

    /** No instance of it could answer. */
    @ExceptionHandler
    ProblemDetail unavailable(RestClientException e) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The inventory service does not answer: " + e.getMessage());
    }
}
