use secure_api::prelude::*;

#[allow(non_camel_case_types)]
#[derive(Version)]
pub enum Version {
    V1,
    v1,
}

fn main() {}
