use secure_api::api_key::ApiKeys;

pub struct Table;

pub fn keys() -> ApiKeys<Table> {
    ApiKeys::new("shop", Table)
}

fn main() {}
