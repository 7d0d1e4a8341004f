-- Whose an order is, is issuer, tenant and subject as one text, and no longer the subject alone: another issuer's alice is
-- somebody else. All tokens so far were the shop's own, and no subject of an account has a character to be escaped;
-- `token --subject` may have made others.
UPDATE orders SET customer =
    'https://shop.example||' || replace(replace(replace(customer, '%', '%25'), ' ', '%20'), '|', '%7C');
UPDATE payments SET customer =
    'https://shop.example||' || replace(replace(replace(customer, '%', '%25'), ' ', '%20'), '|', '%7C');
