//! Configurations that nobody would write: nothing panics, and no content of a secret is told.

use proptest::prelude::*;
use secure_api::{app::AppBuilder, config::Config};
use serde::Deserialize;

use super::{Written, lines, sample};

/// The text that no output may have.
const CANARY: &str = "c4n4ry";

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read into")]
struct Own {
    text: Option<String>,
    number: Option<i32>,
    list: Option<Vec<u8>>,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read into")]
struct Inner {
    flag: bool,
}

/// Tells everything that there is to tell of a configuration.
fn all_of(config: &Config) -> String {
    let own = config.app::<Own>().err().map(|error| error.to_string()).unwrap_or_default();
    let found = sample().config(config.clone()).check();
    format!("{config:?}{own}{:?}{}", found.settings, lines(&found.problems))
}

/// A value in TOML, or nearly.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(format!("\"{CANARY}\"")),
        Just(format!("'''{CANARY}\n{CANARY}'''")),
        Just(CANARY.to_owned()),
        "-?[0-9_]{1,25}",
        "[0-9]{1,4}\\.[0-9]{1,4}",
        "\"[0-9]{0,22}(ms|s|min|h|d|KiB|MiB|GiB|B|/min|/s)\"",
        Just("true".to_owned()),
        Just("1979-05-27T07:32:00Z".to_owned()),
        "\"[^\"\\\\]{0,12}\"",
        ".{0,8}",
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|all| format!("[{}]", all.join(", "))),
            inner.prop_map(|one| format!("{{ file = {one} }}")),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = AppBuilder::config_keys().iter().map(|key| key.name).collect();
    prop_oneof![
        8 => prop::sample::select(names).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["app.text", "app.number", "app.list", "app.inner.flag", "app.inner", "app"])
            .prop_map(str::to_owned),
        1 => "[a-z_.\"]{0,9}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_the_file_never_panics(text in "\\PC{0,200}") {
        all_of(&Written::new(text).config());
    }

    #[test]
    fn whatever_bytes_stand_in_the_file_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        all_of(&Written::new(bytes).config());
    }

    #[test]
    fn no_value_that_does_not_fit_is_told(lines in prop::collection::vec((key(), value()), 1..6)) {
        let text: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let told = all_of(&Written::new(text.join("\n")).config());
        let is_text = |key: &str| {
            let begins = ["tokens.", "tls.", "ledger.user", "ledger.authorities", "manage.hosts", "hosts"];
            ["docs.open", "spool", "inventory_file"].contains(&key) || begins.iter().any(|begin| key.starts_with(begin))
        };
        // A value that fits is shown, where it is no secret; so is the path of a secret's file.
        let fits = lines.iter().any(|(key, value)| value.contains(CANARY) && (is_text(key) || value.contains("file")));
        prop_assert!(fits || !told.contains(CANARY), "{}\n{}", text.join("\n"), told);
    }

    #[test]
    fn whatever_variables_there_are_never_panics(pairs in prop::collection::vec((key(), "\\PC{0,30}"), 0..6)) {
        let name = |key: String| format!("SHOP_{}", key.replace('.', "_").to_uppercase());
        let pairs = pairs.into_iter().map(|(key, value)| (name(key), value));
        all_of(&Config::named("shop").variables(pairs));
    }
}
