use secure_api::prelude::*;

const BROWSE: Limit = Limit::per_user(600);

fn main() {}
