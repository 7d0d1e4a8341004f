//! The output of the compiler for one code: where the mistake is, and what the help says to write.

use super::form::{self, Form};

/// The part of an output that is about a code.
#[derive(Debug, Default, Clone)]
pub(super) struct Output {
    /// Line and column of the underlined token, from 0.
    pub(super) line: usize,
    pub(super) column: usize,
    /// The number of underlined characters.
    pub(super) length: usize,
    /// The help, as it stands.
    pub(super) help: String,
    /// The mistake, in one line.
    pub(super) mistake: String,
}

impl Output {
    pub(super) fn read(text: &str, code: &str) -> Self {
        let mut output = Self::default();
        let mut lines =
            text.lines().skip_while(|line| !line.contains(&format!("{code}:"))).peekable();
        output.mistake = lines.peek().copied().unwrap_or_default().to_owned();
        let mut placed = false;
        for line in lines.by_ref() {
            let trimmed = line.trim_start();
            if let Some(place) = trimmed.strip_prefix("--> ").filter(|_| !placed) {
                let mut numbers =
                    place.rsplit(':').filter_map(|number| number.parse::<usize>().ok());
                output.column = numbers.next().unwrap_or(1) - 1;
                output.line = numbers.next().unwrap_or(1) - 1;
                placed = true;
            } else if let Some(marks) =
                trimmed.strip_prefix("| ").filter(|_| placed && output.length == 0)
            {
                output.length = marks.chars().filter(|mark| *mark == '^').count();
            }
            let help = trimmed.strip_prefix("help: ").or(trimmed.strip_prefix("= note: "));
            // What the compiler adds in its own words is none of ours.
            let is_ours = |help: &&str| {
                !help.starts_with("the trait ") && !help.starts_with("the following ")
            };
            if let Some(help) = help.filter(is_ours).filter(|_| output.help.is_empty()) {
                output.help = help.to_owned();
            }
            if trimmed.is_empty() && placed && !output.help.is_empty() {
                break;
            }
        }
        output
    }

    /// Returns what the help says in sentences.
    pub(super) fn forms(&self) -> Vec<Form> {
        form::read(&self.help, filled)
    }

    /// Returns what stands in backquotes in the help, as code that somebody writes: a sentence for a reason, and the shop's
    /// own names for those that are left open.
    pub(super) fn snippets(&self) -> Vec<String> {
        let parts: Vec<&str> = self.help.split('`').collect();
        let inside = parts.iter().skip(1).step_by(2);
        inside.map(|part| filled(part)).collect()
    }
}

fn filled(snippet: &str) -> String {
    snippet
        .replace("reason = \"…\"", "reason = \"the shop's own staff reads it\"")
        .replace("public = \"…\"", "public = \"it is on public display\"")
        .replace("unowned = \"…\"", "unowned = \"it is on public display\"")
        .replace("key = \"…\"", "key = \"it is on public display\"")
        .replace("unlimited(\"…\")", "unlimited(\"a monitor asks each second\")")
        .replace("Role::…", "Role::Customer")
        .replace("Version::…", "Version::V1")
        .replace("version = …", "version = Version::V1..")
        .replace("role = …", "role = Role::Customer")
        .replace("limit = …", "limit = BROWSE")
        .replace("Caller<…>", "Caller<Role>")
        .replace("view = …", "view = ProductCard")
        .replace("_ => …", "_ => OrderSummary")
}
