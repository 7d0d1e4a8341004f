-- The event up to which the partner was told of orders. It has a row once there is a partner.
CREATE TABLE partner (told INTEGER NOT NULL) STRICT;
CREATE INDEX events_of_orders ON events (id) WHERE kind = 'order-placed';
