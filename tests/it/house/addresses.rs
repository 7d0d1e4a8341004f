//! The header fields in which proxies tell the address of a caller: the compiler, the runtime and `import` each have a list of them, since
//! the crates do not know each other. They are the same.

use std::collections::BTreeSet;

use super::read;

/// Returns the texts of a constant, from its name to the end of its statement.
fn texts(file: &str, constant: &str) -> BTreeSet<String> {
    let text = read(file);
    let (_, behind) =
        text.split_once(constant).unwrap_or_else(|| panic!("{file} has no {constant}"));
    let (_, behind) = behind.split_once('=').expect("a value");
    let (value, _) = behind.split_once(';').expect("an end");
    let quoted = value.split('"').skip(1).step_by(2);
    quoted
        .flat_map(|text| text.split([' ', '\\', '\n']))
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_list_of_them_has_all() {
    let told = texts("secure-api-runtime/src/proxies/mod.rs", "const TELL_ADDRESS");
    assert!(told.len() > 20, "{told:?}");
    for (file, constant) in [
        ("secure-api-macros/src/derive/version/place.rs", "const OWNED"),
        ("src/cli/import/decide/parameter.rs", "const OWNED"),
    ] {
        let listed = texts(file, constant);
        let missing: Vec<&String> = told.difference(&listed).collect();
        assert!(missing.is_empty(), "{file} lacks {missing:?}");
        // What is about an address and in no other list is forgotten there.
        let is_address = |name: &&String| name.contains("-ip") || name.contains("addr");
        let further: Vec<&String> = listed.difference(&told).filter(is_address).collect();
        assert!(further.is_empty(), "{file} has {further:?} besides");
    }
}
