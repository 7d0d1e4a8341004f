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
        b'{' | b'[' => quoted(&of_json(json)),
        b'n' => String::new(),
        _ => json.to_owned(),
    })
}

/// The signs of which a formula begins, also as wide letters.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The signs behind which another cell begins for a program that does not take the comma for what stands between cells, as where people
/// write `1,5`: it takes the quotes in the middle of a line for letters.
const ENDS: [char; 4] = [';', '\t', '\r', '\n'];

/// Returns the cell of a text. One that begins as a formula does has `'` before it, unless it is a number, and so has a part of one.
pub(super) fn of_text(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    for part in text.split_inclusive(ENDS) {
        // A quote, too, may open what is a cell to such a program.
        if visible(part).trim_start_matches(['"', ' ']).starts_with(FORMULA) {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    quoted(&safe)
}

/// Returns JSON in which no sign of a formula stands where a cell might begin: an escape says the same there.
fn of_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for part in json.split_inclusive(';') {
        let rest = visible(part);
        safe.push_str(&part[..part.len() - rest.len()]);
        match rest.chars().next().filter(|letter| FORMULA.contains(letter)) {
            Some(letter) => {
                safe.push_str(&format!("\\u{:04x}", u32::from(letter)));
                safe.push_str(&rest[letter.len_utf8()..]);
            }
            None => safe.push_str(rest),
        }
    }
    safe
}

/// Returns a text without what programs for tables leave out before they look for a formula.
fn visible(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
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
            (r#""\t=1""#, "\"'\t'=1\""),
            (r#""\r=1""#, "\"'\r'=1\""),
            (r#""\tb""#, "\"'\tb\""),
            (r#""a;=1;b""#, "\"a;'=1;b\""),
            (r#""a; \u00a0-1""#, "\"a;' \u{a0}-1\""),
            (r#""a;\"=1""#, "\"a;'\"\"=1\""),
            (r#""a\t@b\r\n+c""#, "\"a\t'@b\r\n'+c\""),
            (r#""a;b, =1 \n c""#, "\"a;b, =1 \n c\""),
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
            (r#"["a;=2","b;",-1]"#, r#""[""a;\u003d2"",""b;"",-1]""#),
            (r#"{"a":"; @b"}"#, r#""{""a"":""; \u0040b""}""#),
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
