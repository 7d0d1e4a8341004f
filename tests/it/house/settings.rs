//! The page of configurations: its table has each setting, made of the table in the program.

use secure_api::app::AppBuilder;

use super::{compare_or_bless, read};

const PAGE: &str = "book/src/config.md";

/// The lines around the table.
const BEGIN: &str =
    "<!-- Written from the table of settings by `BLESS=1 cargo test --test it house`. -->\n";
const END: &str = "<!-- The end of the table. -->\n";

#[test]
fn the_page_has_each_setting() {
    let page = read(PAGE);
    let (before, rest) = page.split_once(BEGIN).expect("the beginning of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let mut table =
        "\n| setting | variable | form | what it sets |\n|---|---|---|---|\n".to_owned();
    for key in AppBuilder::config_keys() {
        let description = key.description;
        table += &format!(
            "| `{}` | `SHOP_{}` | {} | {description} |\n",
            key.name, key.variable, key.form
        );
    }
    compare_or_bless(PAGE, &format!("{before}{BEGIN}{table}\n{END}{after}"));
}
