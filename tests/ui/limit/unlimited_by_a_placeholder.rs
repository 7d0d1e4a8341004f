use secure_api::prelude::*;

const MONITOR: Limit = Limit::unlimited("todo");

fn main() {}
