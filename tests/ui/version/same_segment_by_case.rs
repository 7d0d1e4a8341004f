use secure_api::prelude::*;

#[allow(non_camel_case_types)]
#[derive(Version)]
pub enum Version {
    V1,
    V2Beta,
    V2_Beta,
}

fn main() {}
