-- Something to look at. A real shop leaves this file out.

INSERT INTO products (sku, name, description, price, cost, in_stock, modified_by) VALUES
    ('TEA-GREEN',  'Green tea, 100 g', 'Sencha from Uji, first harvest.',         1290,  540, 1, 'seed'),
    ('TEA-BLACK',  'Black tea, 100 g', 'Assam, strong enough for milk.',           890,  310, 1, 'seed'),
    ('MUG-BLUE',   'Blue mug',         'Stoneware, 300 ml, made by hand.',        1850,  900, 1, 'seed'),
    ('KETTLE-1L',  'Kettle, 1 l',      'Steel, with a thermometer in the lid.',   6490, 3200, 1, 'seed'),
    ('TEAPOT-RED', 'Red teapot',       'Cast iron. More will come in the autumn.', 7900, 4100, 0, 'seed');

INSERT INTO accounts (id, user_name, email, phone, role) VALUES
    ('alice', 'alice',   'alice@shop.example', '+4930901820', 'customer'),
    ('bob',   'bob',     'bob@shop.example',   NULL,          'customer'),
    ('sam',   'sam',     'sam@shop.example',   NULL,          'support'),
    ('wendy', 'wendy',   'wendy@shop.example', NULL,          'warehouse'),
    ('root',  'the-boss', 'root@shop.example', NULL,          'admin');

INSERT INTO orders (id, customer, customer_email, note, status, total, internal_margin, modified_by, card_pan, placed_at) VALUES
    ('019a0000-0000-7000-8000-000000000001', 'alice', 'alice@shop.example', 'Please ring twice.',
     'paid',        4430, 2450, 'alice', '4242424242424242', 1760918400),
    ('019a0000-0000-7000-8000-000000000002', 'alice', 'alice@shop.example', NULL,
     'placed',       890,  580, 'alice', NULL,               1760918460),
    ('019a0000-0000-7000-8000-000000000003', 'bob',   'bob@shop.example',   'It is a present.',
     'checked-out', 6490, 3290, 'root',  '5555555555554444', 1760918520);

INSERT INTO order_items (order_id, position, sku, name, qty, price, cost) VALUES
    ('019a0000-0000-7000-8000-000000000001', 0, 'TEA-GREEN', 'Green tea, 100 g', 2, 1290,  540),
    ('019a0000-0000-7000-8000-000000000001', 1, 'MUG-BLUE',  'Blue mug',         1, 1850,  900),
    ('019a0000-0000-7000-8000-000000000002', 0, 'TEA-BLACK', 'Black tea, 100 g', 1,  890,  310),
    ('019a0000-0000-7000-8000-000000000003', 0, 'KETTLE-1L', 'Kettle, 1 l',      1, 6490, 3200);

INSERT INTO payments (id, order_id, customer, amount, card_end, paid_at) VALUES
    ('019a0000-0000-7000-8000-0000000000a1', '019a0000-0000-7000-8000-000000000001', 'alice', 4430, '4242', 1760918430);
