use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    text: PlainText<{ secure_api::question!("how many characters may the text have?") }>,
}

fn main() {
    let _ = secure_api::input::decode_body::<NewNote>;
}
