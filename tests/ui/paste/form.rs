//! The sentences of a help that say where: "write `X` in place of `Y`", "remove `X`", "write `X` above `Y`".

/// An edit that one sentence asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A text, and the one that it takes the place of.
    InPlaceOf(String, String),
    /// A text that is taken away.
    Remove(String),
    /// A line, and the name of the item that it stands above.
    Above(String, String),
    /// A text, and the one that it stands before.
    Before(String, String),
    /// A key, and the function whose attribute it stands in.
    On(String, String),
    /// The content of the braces of the item that is underlined.
    InBraces(String),
    /// An entry at the end of a list, or after the one that is underlined.
    InList(String),
}

/// Reads a help from left to right. A verb holds until the next one.
pub(super) fn read(help: &str, filled: impl Fn(&str) -> String) -> Vec<Form> {
    let parts: Vec<&str> = help.split('`').collect();
    let code = |index: usize| parts.get(index).map(|part| filled(part));
    let mut removes = false;
    let mut forms = Vec::new();
    for index in (1..parts.len()).step_by(2) {
        let before = parts[index - 1];
        let words = |list: &[&str]| {
            let mut words = before.split(|letter: char| !letter.is_alphabetic());
            words.any(|word| list.contains(&word))
        };
        if words(&["write", "take", "return", "add", "put", "make", "end", "mark", "name"]) {
            removes = false;
        } else if words(&["remove"]) {
            removes = true;
        }
        let Some(snippet) = code(index) else { continue };
        let after = parts.get(index + 1).copied().unwrap_or_default().trim();
        let is = |start: &str| after.starts_with(start);
        if removes {
            forms.push(Form::Remove(snippet));
        } else if let ("in place of" | "instead of", Some(other)) = (after, code(index + 2)) {
            forms.push(Form::InPlaceOf(snippet, other));
        } else if let (true, Some(other)) = (after.starts_with("above"), code(index + 2)) {
            forms.push(Form::Above(snippet, other));
        } else if let ("before", Some(other)) = (after, code(index + 2)) {
            forms.push(Form::Before(snippet, other));
        } else if let ("on", Some(other)) = (after, code(index + 2)) {
            forms.push(Form::On(snippet, other));
        } else if is("in the braces") {
            forms.push(Form::InBraces(snippet));
        } else if is("into the list") || before.trim_end().ends_with("end with") {
            forms.push(Form::InList(snippet));
        }
    }
    forms
}

/// Finds a text as it is written, nearest to a place first. A `…` stands for anything up to the bracket that closes; what it
/// stood for is returned.
pub(super) fn find(program: &str, wanted: &str, near: usize) -> Vec<(usize, usize, String)> {
    let mut found = exact(program, wanted);
    if found.is_empty() {
        // The compiler writes a path to a type that the program names alone.
        found = exact(program, &without_paths(wanted));
    }
    found.sort_by_key(|(start, end, _)| near.saturating_sub(*end).max(start.saturating_sub(near)));
    found
}

fn exact(program: &str, wanted: &str) -> Vec<(usize, usize, String)> {
    let (head, tail) = wanted.split_once('…').unwrap_or((wanted, ""));
    if head.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, _) in program.match_indices(head) {
        let mut end = start + head.len();
        let mut held = String::new();
        if wanted.contains('…') {
            let length = balanced(&program[end..]);
            held = program[end..end + length].to_owned();
            end += length;
            if !program[end..].starts_with(tail) {
                continue;
            }
            end += tail.len();
        }
        let is_word = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let glued = is_word(program[..start].chars().next_back()) && is_word(head.chars().next())
            || is_word(program[end..].chars().next())
                && is_word(program[..end].chars().next_back());
        if !glued {
            found.push((start, end, held));
        }
    }
    found
}

/// Returns the length of what stands before the bracket that closes.
pub(super) fn balanced(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (place, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return place,
            '>' if depth == 0 && !matches!(before, '=' | '-') => return place,
            ')' | ']' | '}' => depth -= 1,
            '>' if !matches!(before, '=' | '-') => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = letter;
    }
    text.len()
}

/// Returns a type's text without the modules of its names: `Vec<shop::Order>` as `Vec<Order>`.
pub(super) fn without_paths(text: &str) -> String {
    let mut plain = String::new();
    let mut word = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() || letter == '_' || letter == '$' {
            word.push(letter);
        } else if letter == ':' && letters.peek() == Some(&':') && !word.is_empty() {
            letters.next();
            word.clear();
        } else {
            plain.push_str(&word);
            word.clear();
            plain.push(letter);
        }
    }
    plain + &word
}

#[test]
fn a_help_is_read_as_a_person_reads_it() {
    let read = |help: &str| read(help, str::to_owned);
    assert_eq!(
        read("write `A` in place of `B`, or remove `C`, or `D`"),
        [
            Form::InPlaceOf("A".into(), "B".into()),
            Form::Remove("C".into()),
            Form::Remove("D".into())
        ]
    );
    assert_eq!(read("write `#[x]` above `E`"), [Form::Above("#[x]".into(), "E".into())]);
    assert_eq!(read("take `A`, or `B`"), []);
    assert_eq!(find("a Vec<Order> b", "Vec<…>", 0), [(2, 12, "Order".to_owned())]);
    assert_eq!(find("a Vec<Order> b", "Vec<shop::Order>", 0).len(), 1);
    assert_eq!(find("Notes, Note", "Note", 0), [(7, 11, String::new())]);
}
