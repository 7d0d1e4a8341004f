#![allow(missing_docs)]
use secure_api::prelude::*;
use uuid::Uuid;
type Note = String;
const MOST: usize = 500;
const TOP: u32 = 1000;
#[derive(Value)]
pub struct OrderId(Uuid);
#[derive(Value, Debug)]
#[value(max_len = 20, min_len = 2, unowned = "codes")]
pub struct Code(String);
#[derive(Value)]
enum Kind {
    InTransit,
    #[value(name = "x")]
    Other,
}
/// An order.
#[derive(Input)]
pub struct NewOrder {
    #[input(email)]
    customer_email: String,
    #[input(text, max_len = MOST)]
    note: Option<Note>,
    /// Items
    #[input(items = 1..=50)]
    items: Vec<NewItem>,
    #[input(items = 0..=5, each(pattern = "[a-z]{1,9}"))]
    tags: Option<Vec<String>>,
    kind: Option<Kind>,
    id: Option<OrderId>,
    code: Option<Code>,
    #[input(max_len = 30)]
    password: Option<Secret<String>>,
}
#[derive(Input)]
pub struct NewItem {
    #[input(pattern = "^[A-Z0-9-]{3,32}$")]
    sku: String,
    #[input(range = 1..=TOP)]
    qty: u32,
    #[input(range = -0.5..1.0)]
    f: Option<f64>,
}
#[test]
fn smoke() {
    let b = br#"{"customer_email":"a@b.c","note":" x\u0001 ","items":[{"sku":"ABC","qty":2}],"tags":["a"]}"#;
    let o: NewOrder = secure_api::input::decode_body(b).unwrap();
    println!("{:?} {}", o.note, o.items[0].qty);
    let b = br#"{"customer_email":"a","note":7,"items":[{"sku":"ABC","qty":2},{"sku":"ab","qty":2000,"f":1}, 3],"tags":["a","A"],"kind":"no","zz":1,"code":"1"}"#;
    let e = secure_api::input::decode_body::<NewOrder>(b).err().unwrap();
    println!("{e:#?}");
    println!("{:#?}", <NewOrder as secure_api::input::Input>::field_shapes());
}
