//! The place that a sentence says: at a name that it gives, or at the kind of place that the code itself shows.

use super::{
    super::output::Output,
    Text,
    form::{self, Form},
};

impl Text<'_> {
    /// Returns the program after each way to read a sentence.
    pub(super) fn formed(&self, form: &Form) -> Vec<String> {
        match form {
            Form::InPlaceOf(snippet, other) => self.in_place_of(snippet, other),
            Form::Remove(snippet) => {
                let found = form::find(self.program, snippet, self.start).into_iter();
                let with_commas = found.map(|(start, end, _)| self.at(start, end).without_key());
                let found = form::find(self.program, snippet, self.start).into_iter();
                with_commas
                    .chain(found.map(|(start, end, _)| self.replaced(start, end, "")))
                    .collect()
            }
            Form::Above(snippet, item) => {
                self.item(item).map(|start| self.above(start, snippet)).into_iter().collect()
            }
            Form::Before(snippet, other) => {
                let found = form::find(self.program, other, self.start).into_iter();
                found.map(|(start, ..)| self.replaced(start, start, snippet)).collect()
            }
            Form::On(snippet, function) => self.on(snippet, function).into_iter().collect(),
            Form::InBraces(snippet) => {
                let Some(open) = self.program[self.end..].find(['{', '(']) else {
                    return Vec::new();
                };
                let is_inside =
                    self.program[..self.start].trim_end().ends_with([',', '{', ']', ';']);
                let inner = if is_inside {
                    self.program[..self.start].rfind('{').map_or(0, |open| open + 1)
                } else {
                    self.end + open + 1
                };
                let end = inner + form::balanced(&self.program[inner..]);
                vec![self.replaced(inner, end, snippet)]
            }
            Form::InList(snippet) => {
                let listed = self.replaced(self.end, self.end, &format!(", {snippet}"));
                let Some(open) = self.program[self.end..].find('(') else { return vec![listed] };
                let open = self.end + open + 1;
                let end = open + form::balanced(&self.program[open..]);
                vec![self.replaced(end, end, &format!(", {snippet}")), listed]
            }
        }
    }

    /// Writes a text where another stands; a key with its value where that is the name of one.
    fn in_place_of(&self, snippet: &str, other: &str) -> Vec<String> {
        let is_key = snippet.contains(" = ")
            && other.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let mut all = Vec::new();
        for (start, end, held) in form::find(self.program, other, self.start) {
            let snippet = snippet.replace('…', &held);
            all.push(match is_key {
                true => self.at(start, end).in_place_of_key(&snippet),
                false => self.replaced(start, end, &snippet),
            });
        }
        all
    }

    /// Returns the program after code that shows by itself where it stands.
    pub(super) fn of_its_kind(&self, snippet: &str, output: &Output) -> Vec<String> {
        let mut all = Vec::new();
        let rest = &self.program[self.end..];
        if snippet.starts_with("use ")
            && let Some(module) = self.program[..self.start].rfind("mod ")
        {
            let open = module + self.program[module..].find('{').map_or(0, |open| open + 1);
            all.push(self.replaced(open, open, &format!("\n    {snippet}\n")));
        } else if snippet.starts_with("impl ") {
            let end = self.program.len();
            all.push(self.replaced(end, end, &format!("\n{snippet}\n")));
        } else if snippet.starts_with("-> ") {
            let open = self.end + rest.find('(').map_or(0, |open| open + 1);
            let close = open + form::balanced(&self.program[open..]) + 1;
            all.push(self.replaced(close, close, &format!(" {snippet}")));
        } else if snippet.starts_with('.') && snippet.ends_with(')') {
            let (name, arguments) = snippet.split_once('(').unwrap_or((snippet, ""));
            let call = format!("{name}(…)");
            let found = form::find(self.program, &call, self.start).into_iter();
            all.extend(found.map(|(start, end, held)| {
                self.replaced(start, end, &format!("{name}({}", arguments.replace('…', &held)))
            }));
        } else if let Some((name, _)) = snippet.split_once(": ")
            && name.chars().all(|letter| letter.is_lowercase() || letter == '_')
        {
            let function = self.end + rest.find(" fn ").unwrap_or(0);
            let open = function + self.program[function..].find('(').map_or(0, |open| open + 1);
            let comma = if self.program[open..].starts_with(')') { "" } else { ", " };
            all.push(self.replaced(open, open, &format!("{snippet}{comma}")));
        }
        if let (Some((wrapper, inside)), true) = (snippet.split_once('<'), rest.starts_with('<')) {
            // `…` in a type is what stands there.
            let end = self.end + 1 + form::balanced(&rest[1..]) + 1;
            let held = &self.program[self.end + 1..end - 1];
            let ty = format!("{wrapper}<{}", inside.replace('…', held));
            all.push(self.with_its_pattern(wrapper, end, &ty));
        }
        // What is said of a handler is for its attribute.
        if snippet.contains(" = ") || snippet.ends_with(')') {
            let names = output.mistake.split('`').skip(1).step_by(2);
            all.extend(names.filter_map(|name| self.on(snippet, name)));
        }
        all
    }

    /// Writes another type, and in the pattern before it another name, as in `Json(body): Json<Body>`.
    fn with_its_pattern(&self, wrapper: &str, end: usize, ty: &str) -> String {
        let before = &self.program[..self.start];
        let place = format!("{}(", self.underlined());
        let line = before.rfind(['\n']).map_or(0, |line| line + 1);
        let pattern = before.ends_with("): ").then(|| before[line..].rfind(&place)).flatten();
        let Some(pattern) = pattern else { return self.replaced(self.start, end, ty) };
        let pattern = line + pattern;
        let kept = &self.program[pattern + place.len() - 1..self.start];
        self.replaced(pattern, end, &format!("{wrapper}{kept}{ty}"))
    }

    /// Writes a key into the attribute of a function, in place of one of that name.
    fn on(&self, snippet: &str, function: &str) -> Option<String> {
        let function = form::without_paths(function);
        let place = self.program.find(&format!(" fn {function}("))?;
        let name = snippet.split([' ', '(']).next()?;
        let attribute = self.program[..place]
            .rfind("#[")
            .filter(|at| !self.program[*at..place].contains("\n}"))?;
        let open = attribute + self.program[attribute..].find('(')? + 1;
        let end = open + form::balanced(&self.program[open..]);
        let stated = form::find(&self.program[open..end], name, 0);
        for (start, stop, _) in stated {
            if self.program[open + stop..].starts_with([' ', '(', ',', ')']) {
                return Some(self.at(open + start, open + stop).in_place_of_key(snippet));
            }
        }
        Some(self.replaced(end, end, &format!(", {snippet}")))
    }

    /// Returns the line that an item of this name begins on.
    fn item(&self, name: &str) -> Option<usize> {
        let name = form::without_paths(name);
        let kinds = ["struct ", "enum ", "fn ", "impl Object for ", ""];
        let place = kinds.iter().find_map(|kind| {
            let found = form::find(self.program, &format!("{kind}{name}"), 0);
            found.first().map(|(start, ..)| *start)
        })?;
        Some(self.program[..place].rfind('\n').map_or(0, |line| line + 1))
    }

    fn above(&self, start: usize, snippet: &str) -> String {
        self.replaced(start, start, &format!("{snippet}\n"))
    }

    fn at(&self, start: usize, end: usize) -> Self {
        Self { program: self.program, start, end }
    }
}
