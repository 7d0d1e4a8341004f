-- The name of its file in the folder of pictures.
ALTER TABLE products ADD COLUMN picture TEXT;
