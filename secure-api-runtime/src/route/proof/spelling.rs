//! The compiler's check of the spelling of paths: it is ours, unless something says that it is as written.

use super::super::facts::{Defaults, Route};
use crate::compose::fail;

/// Checks a path that is not spelt as ours are. The mistake was put together where the path was read.
#[track_caller]
pub const fn check_spelling(route: &Route, mistake: &str) {
    if !route.versions.excuses_paths() {
        fail(&[mistake]);
    }
}

/// Checks a prefix that is not spelt so, by the versions of its module. Where it states none, its routes are asked.
#[track_caller]
pub const fn check_prefix_spelling(defaults: &Defaults, mistake: &str) {
    if !defaults.versions().excuses_paths() {
        fail(&[mistake]);
    }
}

/// Returns `true` for a path of lower-case words with hyphens, and of parameters that are segments.
pub(super) const fn is_canonical(path: &str) -> bool {
    let bytes = path.as_bytes();
    let (mut index, mut inside) = (0, false);
    while index < bytes.len() {
        let byte = bytes[index];
        let next = if index + 1 < bytes.len() { bytes[index + 1] } else { b'/' };
        match byte {
            b'/' => {
                // An empty segment is a slash at the end.
                if next == b'/' || next == b'-' {
                    return false;
                }
            }
            b'{' => {
                if bytes[index - 1] != b'/' {
                    return false;
                }
                inside = true;
            }
            b'}' => {
                if next != b'/' {
                    return false;
                }
                inside = false;
            }
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'_' if inside => {}
            b'-' if next != b'-' && next != b'/' => {}
            _ => return false,
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_words_and_parameters_are_ours() {
        for path in ["/orders", "/orders/{order_id}", "/order-items/2/{a}/b", ""] {
            assert!(is_canonical(path), "{path}");
        }
        for path in [
            "/",
            "/orders/",
            "/Orders",
            "/order_items",
            "/a.json",
            "/{a}.json",
            "/a{b}",
            "/a--b",
            "/-a",
            "/a-",
            "/a-/b",
            "/a:b",
            "/{a}/",
        ] {
            assert!(!is_canonical(path), "{path}");
        }
    }
}
