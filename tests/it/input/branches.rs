//! Enums without a tag inside of each other: a body says how deep.

use secure_api::{input::decode_body, prelude::*};

use super::refused;

/// A form inside of a form, as often as a body nests.
#[derive(Input, Debug)]
#[input(untagged, ordered, reason = "the tree of the old client has two forms of a branch")]
enum Tree {
    Thin(#[input(items = 0..=50, depth = 32)] Vec<Tree>),
    Thick(#[input(items = 0..=50, depth = 32)] Vec<Tree>),
    Leaf(#[input(range = 0..=9)] u8),
}

#[derive(Input, Debug)]
struct Forest {
    tree: Tree,
}

// Each level has two forms to try, so without an end of that a body of a few bytes would be read 2^30 times.
#[test]
fn forms_inside_of_forms_are_not_tried_for_ever() {
    let deep = |inner: &str| format!(r#"{{"tree": {}{inner}{}}}"#, "[".repeat(30), "]".repeat(30));
    assert!(decode_body::<Forest>(deep("7").as_bytes()).is_ok());
    let (status, told) = refused::<Forest>(&deep("10"));
    assert_eq!((status, told[0].1.as_str()), (422, "size"));
}
