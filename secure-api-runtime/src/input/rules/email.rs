//! The one rule of an e-mail address, for `Email` and for text with the rule `email`: read, and brought to one text.

use idna::AsciiDenyList;

/// Longest e-mail address that mail can carry, in octets (RFC 5321, section 4.5.3.1.3, without the brackets).
pub(crate) const LONGEST_EMAIL: usize = 254;
/// Longest part before the `@`, in octets (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// Longest label of a domain, and longest domain, in octets (RFC 1035, section 2.3.4, as text).
const LONGEST_LABEL: usize = 63;
const LONGEST_DOMAIN: usize = 253;

/// Returns an address in its one text: the local part as it was sent, the domain as lower-case A-labels.
pub(crate) fn read_email(text: &str) -> Option<String> {
    // Octets are counted before anything else looks at the text.
    if text.len() > LONGEST_EMAIL {
        return None;
    }
    let (local, domain) = text.split_once('@')?;
    if !is_local(local) {
        return None;
    }
    // As a URL's host is read (UTS 46, nontransitional); what is no label of a host is refused below.
    let domain = idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::URL).ok()?;
    let address = [local, "@", &domain].concat();
    (is_domain(&domain) && address.len() <= LONGEST_EMAIL).then_some(address)
}

/// Returns `true` for words of ASCII with single points between (RFC 5321, section 4.1.2, `Dot-string`).
fn is_local(local: &str) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= LONGEST_LOCAL
        && local.split('.').all(|word| !word.is_empty() && word.bytes().all(is_letter))
}

/// Returns `true` for labels of letters, digits and hyphens within, of which the last is not a number: what ends in one
/// is an address of the network in one of its spellings.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    let digits = last.strip_prefix("0x").unwrap_or(last);
    let is_hex = digits.len() < last.len() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = is_hex || last.bytes().all(|byte| byte.is_ascii_digit());
    domain.len() <= LONGEST_DOMAIN && domain.split('.').all(is_label) && !is_number
}

#[cfg(test)]
mod tests {
    use super::read_email;

    #[test]
    fn an_address_has_one_text() {
        let label = "b".repeat(63);
        for (sent, kept) in [
            ("a@b.example", "a@b.example"),
            ("A.b+c@B.EXAMPLE", "A.b+c@b.example"),
            ("o'neil/x=y{z}@b.example", "o'neil/x=y{z}@b.example"),
            ("user%host@b.example", "user%host@b.example"),
            ("a@localhost", "a@localhost"),
            ("a@m\u{fc}nchen.example", "a@xn--mnchen-3ya.example"),
            ("a@mu\u{308}nchen.example", "a@xn--mnchen-3ya.example"),
            ("a@XN--MNCHEN-3YA.example", "a@xn--mnchen-3ya.example"),
            // Full-width letters and stops, a soft hyphen, a space of no width.
            ("a@\u{ff42}\u{ff0e}example", "a@b.example"),
            ("a@b\u{3002}example", "a@b.example"),
            ("a@b\u{ad}c.example", "a@bc.example"),
            ("a@b\u{200b}c.example", "a@bc.example"),
            ("a@fa\u{df}.example", "a@xn--fa-hia.example"),
            ("a@b--c.example", "a@b--c.example"),
            ("a@1.example", "a@1.example"),
            ("a@0x1g.example", "a@0x1g.example"),
            (&format!("a@{label}.example"), &format!("a@{label}.example")),
            (&format!("{}@b.example", "a".repeat(64)), &format!("{}@b.example", "a".repeat(64))),
        ] {
            assert_eq!(read_email(sent).as_deref(), Some(kept), "{sent}");
            assert_eq!(read_email(kept).as_deref(), Some(kept), "{kept} is read as it is");
        }
    }

    // R89
    #[test]
    fn what_could_be_two_recipients_or_an_address_of_the_network_is_refused() {
        for sent in [
            "",
            "@",
            "a",
            "a@",
            "@b.example",
            "a@b@c.example",
            // Text before, around and after a literal, and the literal itself.
            "a@x.example, postmaster, root[127.0.0.1]",
            "a@<i>[1.1.1.1]",
            "a@b[1.1.1.1]",
            "a@[127.0.0.1]",
            "a@[192.0.2.1]",
            "a@[IPv6:2001:db8::1]",
            "a@[2001:db8::1]",
            "a@[x-tag:y]",
            "a@127.0.0.1",
            "a@127.1",
            "a@2130706433",
            "a@0x7f.0.0.0x1",
            "a@0x",
            "a@\u{ff11}\u{ff12}\u{ff17}.0.0.1",
            // Names to show, routes, comments, quoted words, groups, lists.
            "Alice <a@b.example>",
            "<a@b.example>",
            "<a@b.example",
            "@c.example:a@b.example",
            "a(c)@b.example",
            "a@b.example(c)",
            "a@(c)b.example",
            "\"a\"@b.example",
            "\"a b\"@b.example",
            "\"a[1.1.1.1]\"@b.example",
            "\"a@c.example\"@b.example",
            "a:b@b.example;",
            "a@b.example,c@d.example",
            "a@b.example;c@d.example",
            "a@b.example c@d.example",
            "mailto:a@b.example",
            "a@b.example?cc=c@d.example",
            "a@b.example/x",
            "a@b.example#x",
            "a@b.example:25",
            "a@b\\.example",
            "a@b%2eexample",
            "a@b_c.example",
            // Points and spaces.
            ".a@b.example",
            "a.@b.example",
            "a..b@b.example",
            "a@.b.example",
            "a@b.example.",
            "a@b.example\u{3002}",
            "a@b..example",
            " a@b.example",
            "a@b.example ",
            "a b@b.example",
            "a@b .example",
            "a@b.example\t",
            // Lines and characters that control.
            "a@b.example\n",
            "a@b.example\r\nBcc: c@d.example",
            "a\r\n@b.example",
            "a@b.example\u{0}",
            "a\u{202e}@b.example",
            "a@b.\u{202e}example",
            "a@b\u{2028}.example",
            // Letters beyond ASCII before the `@`: few servers take them, in more than one text.
            "\u{fc}@b.example",
            "\u{ff41}@b.example",
            "a\u{ad}@b.example",
            "a\u{ff20}b.example",
            // Labels.
            "a@-b.example",
            "a@b-.example",
            "a@---",
            "a@b.-",
            "a@xn--",
            "a@xn--a.example",
            "a@xn--abc-.example",
            "a@xn--mnchen-3yb\u{fc}.example",
            "a@\u{5d0}b.example",
            &format!("a@{}.example", "b".repeat(64)),
            &format!("a@{}.example", "\u{fc}".repeat(60)),
            &format!("{}@b.example", "a".repeat(65)),
            &format!("a@{}example", "b.".repeat(130)),
            &format!("a@{}.example", ["b".repeat(63).as_str(); 4].join(".")),
        ] {
            assert_eq!(read_email(sent), None, "{sent:?}");
        }
    }
}
