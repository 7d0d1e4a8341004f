//! Paths without what differs from request to request.

/// The segments of a path that are told apart.
const MOST: usize = 8;

/// The longest segment that is a name.
const LONGEST: usize = 32;

/// Returns a path with `{id}` in the place of each number, UUID and the like, and `{text}` for what is no name.
pub(in crate::inventory) fn normalized(path: &str) -> String {
    let mut normal = String::new();
    for (index, segment) in path.split('/').skip(1).enumerate() {
        normal.push('/');
        if index == MOST {
            normal.push('…');
            break;
        }
        normal.push_str(named(segment));
    }
    normal
}

fn named(segment: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
    if segment.len() > LONGEST || !segment.bytes().all(is_name) {
        let is_id =
            segment.len() <= 64 && segment.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        return if is_id { "{id}" } else { "{text}" };
    }
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let hex = segment.len() >= 8 && segment.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    // `v2` is a version, `4711` and `ord_8f3a91` are somebody's.
    match digits > 0 && (digits == segment.len() || hex || digits * 2 > segment.len() || digits > 4)
    {
        true => "{id}",
        false => segment,
    }
}

/// Returns `true` if requests for a declared path, as `/v1/orders/{order}`, are among those for a normalized one. A parameter may be
/// anything, and a name of the declared one may look like a value.
pub(in crate::inventory) fn fits(declared: &str, normal: &str) -> bool {
    let own = normalized(declared);
    let is_one = |((declared, own), other): ((&str, &str), &str)| {
        own == other || (declared.contains('{') && own != "…" && other != "…")
    };
    own.split('/').count() == normal.split('/').count()
        && declared.split('/').zip(own.split('/')).zip(normal.split('/')).all(is_one)
}

/// Returns `true` for what scanners ask every server for: hidden files, and programs of other languages.
pub(in crate::inventory) fn is_noise(path: &str) -> bool {
    let ends = [".php", ".asp", ".aspx", ".jsp", ".cgi", ".env", ".bak", ".sql", ".zip", ".ini"];
    path.split('/').any(|segment| {
        let lower = segment.to_ascii_lowercase();
        (segment.starts_with('.') && segment != ".well-known")
            || ends.iter().any(|end| lower.ends_with(end))
            || lower.starts_with("wp-")
            || lower == "cgi-bin"
            || lower == "phpmyadmin"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_taken_out_and_names_stay() {
        for (path, normal) in [
            ("/v2/orders", "/v2/orders"),
            ("/v2/orders/4711/items", "/v2/orders/{id}/items"),
            ("/v1/users/0b6e5cbe-7a67-4a0e-9d0f-0a3d6b5f4c11", "/v1/users/{id}"),
            ("/v1/users/alice@shop.example", "/v1/users/{text}"),
            ("/a/b/c/d/e/f/g/h/i/j", "/a/b/c/d/e/f/g/h/…"),
            ("/", "/"),
        ] {
            assert_eq!(normalized(path), normal, "{path}");
        }
        for (declared, path, is_one) in [
            ("/v2/orders/{order}", "/v2/orders/4711", true),
            ("/v2/orders/{order}", "/v2/orders/new", true),
            ("/v2/orders/{order}", "/v2/orders", false),
            ("/v2/orders", "/v2/invoices", false),
            ("/2024/report", "/2024/report", true),
            ("/a/{b}/c/d/e/f/g/h/i/{j}", "/a/4711/c/d/e/f/g/h/i/4711", true),
            ("/a/b/c/d/e/f/g/h/{i}", "/a/b/c/d/e/f/g/h/4711", true),
            ("/a/b/c/d/e/f/g/h", "/a/b/c/d/e/f/g/h/i", false),
        ] {
            assert_eq!(fits(declared, &normalized(path)), is_one, "{path}");
        }
        for noise in ["/.env", "/wp-login.php", "/a/.git/config", "/cgi-bin/x"] {
            assert!(is_noise(noise), "{noise}");
        }
        for path in ["/v1/orders", "/.well-known/openid-configuration"] {
            assert!(!is_noise(path), "{path}");
        }
    }
}
