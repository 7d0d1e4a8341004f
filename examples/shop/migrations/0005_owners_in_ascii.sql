-- In the text of an owner all that is not ASCII is percent-encoded byte by byte, which 0004 left as it was: such a text is no
-- id, and its row could not be read. What is printable ASCII stays; 0004 has escaped what had to be.
UPDATE orders SET customer = (
    WITH RECURSIVE walk(rest, done) AS (
        SELECT orders.customer, ''
        UNION ALL
        SELECT substr(rest, 2), done || CASE
            WHEN unicode(rest) BETWEEN 33 AND 126 THEN substr(rest, 1, 1)
            ELSE rtrim('%' || substr(hex(substr(rest, 1, 1)), 1, 2) || '%' || substr(hex(substr(rest, 1, 1)), 3, 2)
                    || '%' || substr(hex(substr(rest, 1, 1)), 5, 2) || '%' || substr(hex(substr(rest, 1, 1)), 7, 2), '%')
            END
        FROM walk WHERE rest <> ''
    )
    SELECT done FROM walk WHERE rest = ''
) WHERE customer GLOB '*[^!-~]*';
UPDATE payments SET customer = (
    WITH RECURSIVE walk(rest, done) AS (
        SELECT payments.customer, ''
        UNION ALL
        SELECT substr(rest, 2), done || CASE
            WHEN unicode(rest) BETWEEN 33 AND 126 THEN substr(rest, 1, 1)
            ELSE rtrim('%' || substr(hex(substr(rest, 1, 1)), 1, 2) || '%' || substr(hex(substr(rest, 1, 1)), 3, 2)
                    || '%' || substr(hex(substr(rest, 1, 1)), 5, 2) || '%' || substr(hex(substr(rest, 1, 1)), 7, 2), '%')
            END
        FROM walk WHERE rest <> ''
    )
    SELECT done FROM walk WHERE rest = ''
) WHERE customer GLOB '*[^!-~]*';
