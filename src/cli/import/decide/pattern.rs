//! Patterns: those that all readers read alike, for a whole text, with the letters that ECMA-262 means by `.` and `\s`.

/// The longest pattern that is taken over.
pub(super) const LONGEST: usize = 500;

/// The letters that are white space (ECMA-262, `WhiteSpace` and `LineTerminator`), as the inside of a class.
const BLANK: &str =
    r"\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// The letters that end a line, which `.` is not.
const ENDS: &str = r"\n\r\x{2028}\x{2029}";

/// Returns a pattern in which what is no white space, and what ends no line, is told by its letters: a pattern of the project knows those
/// of ASCII alone, so it would take more. White space is left, of which it takes less.
pub(super) fn spelled(pattern: &str) -> String {
    let mut written = String::new();
    // Of a class, `true` if it is of what is not in it.
    let mut class = None;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, class) {
            ('\\', _) => match (letters.next(), class) {
                (Some('S'), None) => written.push_str(&format!("[^{BLANK}]")),
                (Some('s'), Some(true)) => written.push_str(BLANK),
                (escaped, _) => {
                    written.push('\\');
                    written.extend(escaped);
                }
            },
            ('.', None) => written.push_str(&format!("[^{ENDS}]")),
            _ => {
                match letter {
                    '[' if class.is_none() => class = Some(letters.peek() == Some(&'^')),
                    ']' => class = None,
                    _ => {}
                }
                written.push(letter);
            }
        }
    }
    written
}

/// Returns a pattern for the whole text: a schema's may match anywhere in it.
pub(super) fn anchored(pattern: &str) -> String {
    let begins = pattern.starts_with('^');
    let ends = pattern.ends_with('$') && !pattern.ends_with("\\$");
    // `^a|b$` is anchored at one end of each alternative.
    let has_alternatives = pattern.contains('|');
    match (begins, ends, has_alternatives) {
        (true, true, false) => pattern.to_owned(),
        (true, true, true) if is_grouped(pattern) => pattern.to_owned(),
        (true, false, false) => format!("{pattern}[\\s\\S]*$"),
        (false, true, false) => format!("^[\\s\\S]*{pattern}"),
        _ => format!("^[\\s\\S]*({pattern})[\\s\\S]*$"),
    }
}

/// Returns `true` if all alternatives stand in groups.
fn is_grouped(pattern: &str) -> bool {
    let (mut depth, mut class, mut escaped) = (0_u32, false, false);
    for letter in pattern.chars() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// Returns `true` if a pattern is surely one that all readers read alike. What is not is told in a comment.
pub(super) fn is_read_alike(pattern: &str) -> bool {
    // What begins a pattern is as what begins a group: nothing is there to be repeated.
    let (mut depth, mut class, mut before) = (0_i32, false, '(');
    if pattern.len() > LONGEST || !pattern.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return false;
    }
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d' | 'D' | 'w' | 'W' | 's' | 'S') if !class => {}
                Some('d' | 'w' | 's' | 'n' | 't' | 'r') => {}
                Some(escaped) if escaped.is_ascii_punctuation() => {}
                _ => return false,
            },
            '[' if class => return false,
            '[' => {
                let mut inside = letters.clone();
                let first = inside.next();
                let first = if first == Some('^') { inside.next() } else { first };
                // A class of nothing, or of anything, is one that begins with a bracket to others.
                if first == Some(']') {
                    return false;
                }
                class = true;
            }
            ']' if class => class = false,
            ']' => return false,
            '&' | '~' | '-' if class && letters.peek() == Some(&letter) => return false,
            '(' if !class => {
                if letters.peek() == Some(&'?') {
                    letters.next();
                    if letters.next() != Some(':') {
                        return false;
                    }
                }
                depth += 1;
            }
            ')' if !class => {
                depth -= 1;
                if depth < 0 {
                    return false;
                }
            }
            '{' if !class && !is_count(letters.clone()) => return false,
            '*' | '+' | '?' if !class && "(|^*+".contains(before) => return false,
            '^' if !class && before != '(' && before != '|' => return false,
            '$' if !class && !matches!(letters.peek(), None | Some(')' | '|')) => return false,
            _ => {}
        }
        before = letter;
    }
    depth == 0 && !class
}

/// Returns `true` if a repetition follows whose count is small.
fn is_count(letters: impl Iterator<Item = char>) -> bool {
    let inside: String = letters.take_while(|letter| *letter != '}').collect();
    let numbers: Vec<&str> = inside.split(',').collect();
    let is_small = |text: &&str| text.parse::<u32>().is_ok_and(|count| count <= 1000);
    match *numbers {
        [one] => is_small(&one),
        [least, ""] => is_small(&least),
        [least, most] => is_small(&least) && is_small(&most),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{BLANK, ENDS, spelled};

    #[test]
    fn what_is_no_white_space_and_ends_no_line_is_spelled() {
        for (pattern, expected) in [
            (r"^\S+$", format!("^[^{BLANK}]+$")),
            (r"^[^\s,]+$", format!("^[^{BLANK},]+$")),
            (r"^.*\.$", format!(r"^[^{ENDS}]*\.$")),
            (r"^[.\s]\s\\S$", r"^[.\s]\s\\S$".to_owned()),
        ] {
            assert_eq!(spelled(pattern), expected, "{pattern}");
        }
    }
}
