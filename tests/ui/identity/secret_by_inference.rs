use secure_api::prelude::*;

fn of_text() -> Key {
    Key::hs256("in every clone of the repository".into())
}

fn of_bytes() -> Key {
    Key::hs256(b"in every clone of the repository".to_vec().into())
}

fn parsed() -> Key {
    Key::hs256("in every clone of the repository".parse().unwrap())
}

fn collected() -> Key {
    Key::hs256([7, 7].into_iter().collect())
}

fn main() {
    drop((of_text(), of_bytes(), parsed(), collected()));
}
