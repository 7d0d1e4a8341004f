//! Configurations: what is told of the settings that a file states, states them too, and what is secret is told nobody.

use std::fs;

use secure_api::config::{Config, EffectiveConfig, EffectiveSetting};
use toml::de::{DeTable, DeValue};

use super::api::app;

/// A text that a file may have, and that no problem has.
const CANARY: &str = "c4n4ry";

/// Looks at an app with a file of this text.
fn looked(text: &[u8]) -> EffectiveConfig {
    let folder = std::env::temp_dir().join(format!("config-target-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("shop.toml");
    fs::write(&file, text).expect("a file");
    let config = Config::named("shop").file(&file);
    fs::remove_dir_all(&folder).expect("it is there");
    let _ = config.app::<serde_json::Map<String, serde_json::Value>>();
    app().config(config).check()
}

fn is_stated(setting: &&EffectiveSetting) -> bool {
    !setting.name.starts_with("app")
        && setting.from.as_ref().is_some_and(|from| from.contains(".toml"))
}

/// Returns `true` if the text is in no name of a table and in no path of a file.
fn hides(table: &DeTable<'_>) -> bool {
    table.iter().all(|(name, value)| {
        !name.get_ref().contains(CANARY) && hides_in(name.get_ref(), value.get_ref())
    })
}

/// Returns `true` if a value of this name hides it.
fn hides_in(name: &str, value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(table) => hides(table),
        DeValue::Array(values) => values.iter().all(|value| hides_in(name, value.get_ref())),
        DeValue::String(text) => name != "file" || !text.contains(CANARY),
        _ => true,
    }
}

/// Reads bytes as a file.
pub fn check(data: &[u8]) -> bool {
    let found = looked(data);
    let text = String::from_utf8_lossy(data);
    let told: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
    // The names are told, and so is the path of a file: what is left is not.
    let hides = DeTable::parse(&text).is_ok_and(|table| hides(table.get_ref()));
    assert!(!hides || !told.iter().any(|text| text.contains(CANARY)), "{told:?}");
    if !told.is_empty() {
        return false;
    }
    let table = DeTable::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let stated: Vec<_> = found.settings.iter().filter(is_stated).collect();
    assert!(
        !table.get_ref().keys().any(|key| key.get_ref() != "app") || !stated.is_empty(),
        "{text} states nothing"
    );
    let values = |all: &EffectiveConfig| {
        let all = all.settings.iter().filter(|one| !one.name.starts_with("app"));
        all.map(|one| (one.name.clone(), one.value.clone())).collect::<Vec<_>>()
    };
    let shown = |one: &&&EffectiveSetting| {
        one.value.as_ref().is_some_and(|value| !value.contains(['(', '{']))
    };
    if !stated.iter().all(|one| shown(&one)) {
        return false;
    }
    let line = |one: &&EffectiveSetting| {
        format!("{} = {}\n", one.name, one.value.as_deref().unwrap_or_default())
    };
    let written: String = stated.iter().map(line).collect();
    let again = looked(written.as_bytes());
    assert!(again.problems.is_empty(), "{written}: {:?}", again.problems);
    assert_eq!(values(&again), values(&found), "{written}");
    !stated.is_empty()
}
