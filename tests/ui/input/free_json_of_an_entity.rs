use secure_api::prelude::*;

struct Account {
    name: String,
    password_hash: String,
}

fn shown(account: Account) -> Result<FreeJson<4096, 4, 100>, InvalidValue> {
    FreeJson::foreign(account)
}

fn main() {
    let account = Account { name: "alice".to_owned(), password_hash: "$argon2id$".to_owned() };
    drop((account.name.len(), account.password_hash.len()));
    let _ = shown(account);
}
