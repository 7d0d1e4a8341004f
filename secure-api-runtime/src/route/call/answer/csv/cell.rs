//! Cells of CSV: made of the JSON of a row, and none of them a formula.

/// Returns the members of an object as it was written here: names without escapes, and no space between the parts.
pub(super) fn members(json: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = json.strip_prefix('{')?.strip_suffix('}')?;
    let mut members = Vec::new();
    while !rest.is_empty() {
        let (name, behind) = rest.strip_prefix('"')?.split_once("\":")?;
        let end = end_of_value(behind);
        members.push((name, &behind[..end]));
        rest = match &behind[end..] {
            "" => "",
            more => more.strip_prefix(',')?,
        };
    }
    Some(members)
}

/// Returns the place at which a value ends: the next comma that is in nothing.
fn end_of_value(json: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (place, byte) in json.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return place,
            _ => {}
        }
    }
    json.len()
}

/// Returns the cell of a value.
pub(super) fn cell(json: &str) -> Option<String> {
    Some(match json.as_bytes().first()? {
        b'"' => of_text(&serde_json::from_str::<String>(json).ok()?),
        b'{' | b'[' => quoted(json),
        b'n' => String::new(),
        _ => json.to_owned(),
    })
}

/// Returns the cell of a text. One that begins as a formula does has `'` before it, unless it is a number.
pub(super) fn of_text(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    // What programs for tables leave out, or read as another letter, before they look for a formula.
    let first =
        text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let acts = |text: &str| {
        text.starts_with([
            '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
        ])
    };
    if acts(text) || acts(first) { quoted(&format!("'{text}")) } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Returns `true` for a decimal number as it is written in JSON, without an exponent.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = text.strip_prefix('-').unwrap_or(text);
    match whole.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (json, wanted) in [
            (r#""=1+1""#, "\"'=1+1\""),
            (r#""+cmd|' /C calc'!A0""#, "\"'+cmd|' /C calc'!A0\""),
            (r#""-1+1""#, "\"'-1+1\""),
            (r#""@SUM(1)""#, "\"'@SUM(1)\""),
            (r#""\t=1""#, "\"'\t=1\""),
            (r#""\r=1""#, "\"'\r=1\""),
            (r#""  =1""#, "\"'  =1\""),
            (r#""\uff1d1""#, "\"'\u{ff1d}1\""),
            (r#""\u003db""#, "\"'=b\""),
            (r#""a\"b,c\r\nd""#, "\"a\"\"b,c\r\nd\""),
            (r#""""#, "\"\""),
            (r#""-5.25""#, "-5.25"),
            ("-5", "-5"),
            ("1.5e3", "1.5e3"),
            ("true", "true"),
            ("null", ""),
            (r#"[1,"=2"]"#, r#""[1,""=2""]""#),
        ] {
            assert_eq!(cell(json).as_deref(), Some(wanted), "{json}");
        }
    }

    #[test]
    fn an_object_is_taken_apart() {
        let json = r#"{"a":"x,}\",{","b":[1,{"c":",]"}],"d":null}"#;
        let wanted = [("a", r#""x,}\",{""#), ("b", r#"[1,{"c":",]"}]"#), ("d", "null")];
        assert_eq!(members(json).as_deref(), Some(&wanted[..]));
        assert_eq!(members("{}").as_deref(), Some(&[][..]));
        assert_eq!(members("[]"), None);
    }
}
