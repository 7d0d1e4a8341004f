type Weight = secure_api::question!("how large may free JSON be?");

fn main() {
    let _: Option<Weight> = None;
}
