use secure_api::prelude::*;

const CONSTANT: &[u8; 32] = b"in every clone of the repository";
static STATIC: [u8; 32] = [7; 32];

fn main() {
    drop(Key::hs256("in every clone of the repository"));
    drop(Key::hs256(b"in every clone of the repository".to_vec()));
    drop(Key::hs256(Vec::from(*b"in every clone of the repository")));
    drop(Key::hs256("in every clone of the repository".as_bytes().to_vec()));
    drop(Key::hs256("in every clone of the repository".to_owned().into_bytes()));
    drop(Key::hs256(String::from("in every clone of the repository")));
    drop(Key::hs256(CONSTANT));
    drop(Key::hs256(STATIC));
    drop(Key::hs256([7; 32]));
    drop(Key::hs256(vec![1, 2, 3]));
    drop(Key::hs256(include_bytes!("../shop.rs")));
    drop(Key::hs256(env!("CARGO_PKG_NAME")));
    drop(Key::hs256(Secret::new(b"in every clone of the repository".to_vec())));
    drop(Key::hs256(Box::<[u8]>::from(*b"in every clone of the repository")));
}
