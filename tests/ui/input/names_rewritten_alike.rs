use secure_api::prelude::*;

#[derive(Input)]
#[input(rename_all = "camelCase")]
struct Booking {
    #[input(range = 1..=9)]
    line_2: u8,
    #[input(range = 1..=9)]
    line2: u8,
    #[input(name = "firstDay", range = 1..=9)]
    start: u8,
    #[input(range = 1..=9)]
    first_day: u8,
}

#[derive(Input)]
#[input(rename_all = "camelcase")]
struct Filter {
    #[input(range = 1..=9)]
    line: u8,
}

#[derive(Input)]
#[input(tag = "type", rename_all_fields = "PascalCase")]
enum Filing {
    Kept {
        #[input(range = 1..=9)]
        line_2: u8,
        #[input(range = 1..=9)]
        line2: u8,
    },
}

#[derive(Input)]
#[input(rename_all = "camelCase")]
struct Issued {
    #[input(max_len = 9)]
    created_at: String,
    #[input(max_len = 9)]
    access_token: String,
    #[input(name = "$owner", max_len = 9)]
    of: String,
}

#[derive(Value)]
#[value(rename_all = "lowercase")]
enum Kind {
    InHouse,
    Inhouse,
}

fn main() {}
