use secure_api::prelude::*;

fn main() {
    drop(Key::hs256(SecretBytes::from(vec![1, 2, 3])));
    drop(Key::hs256(SecretBytes::from(*b"in every clone of the repository")));
    drop(Key::hs256(SecretBytes::from("in every clone of the repository")));
    drop(Key::hs256(SecretBytes::default()));
    drop(Key::hs256(SecretBytes { bytes: vec![7; 32] }));
    drop(SecretBytes::fetched(|| b"in every clone of the repository".to_vec()));
}
