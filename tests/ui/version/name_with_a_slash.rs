use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(name = "2026/10/01")]
    October,
}

fn main() {}
