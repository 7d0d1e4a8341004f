-- The catalogue is read page by page, in the order that the caller chose.

CREATE INDEX products_by_name ON products (name, sku);
CREATE INDEX products_by_price ON products (price, sku);
