insert into stock (item, quantity, price_cents, lock_token)
select item, quantity, price_cents, 0
from (values ('book', 1000000, 2000), ('lamp', 50, 4500)) as delivery (item, quantity, price_cents)
where not exists (select 1 from stock where stock.item = delivery.item);
