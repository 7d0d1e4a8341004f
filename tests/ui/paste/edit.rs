//! The ways in which a person pastes: in place of what is underlined, into its attribute, above its item, or away.

use super::{form, output::Output};

#[path = "place.rs"]
mod place;

/// Returns the program after each way that fits the help, the likeliest first.
pub(super) fn candidates(program: &str, output: &Output) -> Vec<String> {
    let text = Text::new(program, output);
    let mut all = Vec::new();
    for form in output.forms() {
        all.extend(text.formed(&form));
    }
    for snippet in output.snippets() {
        all.extend(text.of_its_kind(&snippet, output));
        if snippet.contains('…') {
            continue;
        }
        if snippet.starts_with("#[") {
            all.push(text.above_line(&snippet));
            all.push(text.above_item(&snippet));
            all.extend(text.in_same_attribute(&snippet));
            continue;
        }
        let name = snippet.split([' ', '=', '(']).next().unwrap_or_default();
        if text.underlined().starts_with(name) && !name.is_empty() {
            all.push(text.in_place_of_key(&snippet));
        }
        if snippet.contains(" = ")
            || snippet.ends_with(')')
            || snippet.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        {
            all.extend(text.in_attribute(&snippet));
            all.push(text.above_line(&format!("#[input({snippet})]")));
        }
        all.push(text.in_place(&snippet));
        all.push(text.in_place_of_key(&snippet));
        if snippet.starts_with("fn ")
            || snippet.starts_with("const ")
            || snippet.starts_with("async fn ")
            || snippet.starts_with("impl ")
        {
            all.extend(text.in_block(&snippet));
        }
    }
    if output.help.contains("remove")
        || output.help.contains("keep one")
        || output.help.contains("leave it out")
        || output.help.contains("out of the list")
        || output.help.contains("list it once")
    {
        all.push(text.without_key());
        all.push(text.without_attribute());
        all.push(text.in_place(""));
    }
    let mut seen = Vec::new();
    all.retain(|edited| {
        edited != program && !seen.contains(edited) && {
            seen.push(edited.clone());
            true
        }
    });
    all.truncate(12);
    all
}

/// A program, and the bytes that are underlined.
struct Text<'a> {
    program: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Text<'a> {
    fn new(program: &'a str, output: &Output) -> Self {
        let line_start: usize = program.lines().take(output.line).map(|line| line.len() + 1).sum();
        let line = program[line_start..].lines().next().unwrap_or_default();
        let bytes = |count: usize| line.chars().take(count).map(char::len_utf8).sum::<usize>();
        let start = line_start + bytes(output.column);
        let end = line_start + bytes(output.column + output.length.max(1));
        Self { program, start, end: end.max(start) }
    }

    fn underlined(&self) -> &str {
        &self.program[self.start..self.end]
    }

    fn replaced(&self, start: usize, end: usize, with: &str) -> String {
        format!("{}{with}{}", &self.program[..start], &self.program[end..])
    }

    fn in_place(&self, snippet: &str) -> String {
        self.replaced(self.start, self.end, snippet)
    }

    /// Replaces the key that is underlined, or whose value is, with its value.
    fn in_place_of_key(&self, snippet: &str) -> String {
        let (start, end) = self.key();
        self.replaced(start, end, snippet)
    }

    fn without_key(&self) -> String {
        let (start, end) = self.key();
        let after = &self.program[end..];
        if let Some(rest) = after.trim_start().strip_prefix(',') {
            let end = self.program.len() - rest.trim_start().len();
            return self.replaced(start, end, "");
        }
        let before = self.program[..start].trim_end();
        self.replaced(before.strip_suffix(',').unwrap_or(before).len(), end, "")
    }

    /// Returns the place of a key with its value: what stands between two commas, or a comma and a parenthesis.
    fn key(&self) -> (usize, usize) {
        let (mut depth, mut start) = (0, 0);
        for (place, letter) in self.program[..self.start].char_indices().rev() {
            match letter {
                ')' | ']' | '}' => depth += 1,
                '(' | '[' | '{' | ',' if depth == 0 => {
                    start = place + 1;
                    break;
                }
                '(' | '[' | '{' => depth -= 1,
                _ => {}
            }
        }
        let start = self.start - self.program[start..self.start].trim_start().len();
        let (mut depth, mut end) = (0, self.program.len());
        for (place, letter) in self.program[self.start..].char_indices() {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' | ',' if depth == 0 => {
                    end = self.start + place;
                    break;
                }
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        (start, end)
    }

    fn above_line(&self, snippet: &str) -> String {
        let start = self.program[..self.start].rfind('\n').map_or(0, |place| place + 1);
        self.replaced(start, start, &format!("{snippet}\n"))
    }

    /// Writes a line above the item that is underlined, or that what is underlined belongs to.
    fn above_item(&self, snippet: &str) -> String {
        let before = &self.program[..self.end];
        let begins = |line: &str| {
            ["pub struct", "struct", "pub enum", "enum", "impl", "pub mod", "mod", "pub fn", "fn"]
                .iter()
                .any(|word| line.starts_with(word))
        };
        let mut start = 0;
        let mut place = 0;
        for line in before.split_inclusive('\n') {
            if begins(line) {
                start = place;
            }
            place += line.len();
        }
        self.replaced(start, start, &format!("{snippet}\n"))
    }

    /// Adds a key to the last attribute with keys that begins at or before what is underlined.
    fn in_attribute(&self, snippet: &str) -> Option<String> {
        let names = [
            "#[get(",
            "#[post(",
            "#[put(",
            "#[patch(",
            "#[delete(",
            "#[input(",
            "#[value(",
            "#[api(",
            "#[view(",
            "#[routes(",
            "#[version(",
            "#[role(",
            "#[object(",
            "#[problem(",
        ];
        let place = names
            .iter()
            .filter_map(|name| Some(self.program[..self.end].rfind(name)? + name.len()))
            .max()?;
        let mut depth = 0;
        for (index, letter) in self.program[place..].char_indices() {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 => {
                    let end = place + index;
                    let comma = if self.program[place..end].trim().is_empty() { "" } else { ", " };
                    return Some(self.replaced(end, end, &format!("{comma}{snippet}")));
                }
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// Writes the keys of `#[input(…)]` into an attribute of that name which is there.
    fn in_same_attribute(&self, snippet: &str) -> Option<String> {
        let (name, keys) =
            snippet.trim_start_matches("#[").trim_end_matches(")]").split_once('(')?;
        let begins = format!("#[{name}(");
        let around = &self.program[..self.end];
        let place = around.rfind(&begins)?;
        let before =
            Self { program: self.program, start: place + begins.len(), end: place + begins.len() };
        before.in_attribute(keys)
    }

    /// Writes an item into the block of the `impl` that is underlined, or that comes last before.
    fn in_block(&self, snippet: &str) -> Option<String> {
        let place = self.program[..self.end].rfind("impl ")?;
        let open = place + self.program[place..].find('{')? + 1;
        let body = if snippet.ends_with('}') || snippet.ends_with(';') {
            snippet.to_owned()
        } else {
            format!("{snippet} {{ todo!() }}")
        };
        Some(self.replaced(open, open, &format!("\n    {body}\n")))
    }

    /// Removes the attribute that is underlined, with its line.
    fn without_attribute(&self) -> String {
        let start = self.program[..self.start].rfind("#[").unwrap_or(self.start);
        let end = self.program[start..].find(")]").map_or(self.end, |end| start + end + 2);
        self.replaced(start, end, "")
    }
}
