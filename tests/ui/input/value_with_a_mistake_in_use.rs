use secure_api::prelude::*;

#[derive(Value)]
#[value(max_len = 80, colour)]
pub struct Title(String);

#[derive(Value)]
pub struct Name(#[allow(dead_code)] String, #[allow(dead_code)] String);

pub fn title(text: &str) -> Option<Title> {
    let name = Name::new(text.to_owned()).ok()?;
    let title: Title = format!("{name}{}", name.as_str()).parse().ok()?;
    Title::new(title.as_str().to_owned()).ok()
}

fn main() {}
