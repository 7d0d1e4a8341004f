use secure_api::prelude::*;

fn main() {
    drop(Key::hs256("in every clone of the repository".into()));
    drop(Key::hs256(b"in every clone of the repository".to_vec().into()));
    drop(Key::hs256("in every clone of the repository".parse().unwrap()));
    drop(Key::hs256([7, 7].into_iter().collect()));
}
