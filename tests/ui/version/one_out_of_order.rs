use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V2024_06,
    V2025_01,
    V2024_11,
}

fn main() {}
