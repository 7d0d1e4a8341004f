//! The one text of a pattern: the `regex` crate, which enforces it, reads it as ECMA-262 does, by which documents show it.
//!
//! Classes and cases are those of ASCII, as in ECMA-262, and written out. What has no such form is refused.

use super::classes::{CATEGORIES, perl, posix};
use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode,
    ClassUnicodeKind, Flag, Flags, FlagsItemKind, GroupKind, RepetitionKind, RepetitionRange,
    parse::Parser,
};

/// A part of a pattern that readers would understand in two ways, and what to write instead.
#[derive(Debug)]
pub(super) struct Unportable {
    pub(super) part: String,
    pub(super) help: &'static str,
}

const NO_BOUNDARY: &str =
    "remove `{}`: a pattern holds the whole text, so state the characters that stand beside it";
const NO_FLAG: &str = "leave the flag out: `^` and `$` are the ends of the whole text, and letters are those of Unicode";
const ONE_CLASS: &str = "write one class of the characters that are wanted, as `[a-z0-9-]`";
const BOTH_CASES: &str = "write both cases beyond ASCII, as `[äÄ]`";
const CATEGORY: &str =
    "write a general category of Unicode by its short name, as `\\p{L}`, `\\p{Lu}` or `\\p{Nd}`";

/// Returns the text of a pattern that can be read.
pub(super) fn text(pattern: &str) -> Result<String, Unportable> {
    let unread = |_| Unportable { part: pattern.to_owned(), help: ONE_CLASS };
    let ast = Parser::new().parse(pattern).map_err(unread)?;
    let mut printer = Printer { pattern, text: String::new(), state: State::default() };
    printer.write(&ast)?;
    Ok(printer.text)
}

/// The flags that are set at a place.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    ignores_case: bool,
    dot_is_all: bool,
}

struct Printer<'p> {
    pattern: &'p str,
    text: String,
    state: State,
}

type Written = Result<(), Unportable>;

impl Printer<'_> {
    fn refuse(&self, span: &regex_syntax::ast::Span, help: &'static str) -> Written {
        let part = self.pattern.get(span.start.offset..span.end.offset);
        Err(Unportable { part: part.unwrap_or(self.pattern).to_owned(), help })
    }

    fn write(&mut self, ast: &Ast) -> Written {
        match ast {
            Ast::Empty(_) => Ok(()),
            Ast::Flags(set) => self.set(&set.flags),
            Ast::Literal(literal) if self.state.ignores_case && !literal.c.is_ascii() => {
                self.refuse(&literal.span, BOTH_CASES)
            }
            Ast::Literal(literal) if self.state.ignores_case && literal.c.is_ascii_alphabetic() => {
                let letter = literal.c;
                let pair = [letter.to_ascii_uppercase(), letter.to_ascii_lowercase()];
                self.text.extend(['[', pair[0], pair[1], ']']);
                Ok(())
            }
            Ast::Literal(literal) => {
                self.literal(literal.c, r"^$\.*+?()[]{}|");
                Ok(())
            }
            Ast::Dot(_) => {
                self.text.push_str(if self.state.dot_is_all { r"[\s\S]" } else { r"[^\n]" });
                Ok(())
            }
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::StartText => {
                    self.text.push('^');
                    Ok(())
                }
                AssertionKind::EndLine | AssertionKind::EndText => {
                    self.text.push('$');
                    Ok(())
                }
                _ => self.refuse(&assertion.span, NO_BOUNDARY),
            },
            Ast::ClassUnicode(class) => self.unicode(class),
            Ast::ClassPerl(class) => {
                self.text.push_str(if class.negated { "[^" } else { "[" });
                self.ranges(perl(&class.kind));
                self.text.push(']');
                Ok(())
            }
            Ast::ClassBracketed(class) => self.class(class),
            Ast::Repetition(repetition) => {
                let is_atom = !matches!(
                    *repetition.ast,
                    Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) | Ast::Repetition(_)
                );
                self.grouped(if is_atom { "" } else { "(?:" }, &repetition.ast)?;
                let most =
                    |most: u32| if most == 1 { "?".to_owned() } else { format!("{{0,{most}}}") };
                let operator = match &repetition.op.kind {
                    RepetitionKind::ZeroOrOne => "?".to_owned(),
                    RepetitionKind::ZeroOrMore => "*".to_owned(),
                    RepetitionKind::OneOrMore => "+".to_owned(),
                    RepetitionKind::Range(RepetitionRange::Exactly(count)) => {
                        format!("{{{count}}}")
                    }
                    RepetitionKind::Range(RepetitionRange::AtLeast(fewest)) => {
                        format!("{{{fewest},}}")
                    }
                    RepetitionKind::Range(RepetitionRange::Bounded(0, count)) => most(*count),
                    RepetitionKind::Range(RepetitionRange::Bounded(fewest, most)) => {
                        format!("{{{fewest},{most}}}")
                    }
                };
                // As few as possible or as many: the whole text matches or does not.
                self.text.push_str(&operator);
                Ok(())
            }
            Ast::Group(group) => {
                let outside = self.state;
                let start = match &group.kind {
                    GroupKind::CaptureIndex(_) => "(",
                    GroupKind::CaptureName { .. } => "(?:",
                    GroupKind::NonCapturing(flags) => {
                        self.set(flags)?;
                        "(?:"
                    }
                };
                self.grouped(start, &group.ast)?;
                self.state = outside;
                Ok(())
            }
            Ast::Alternation(alternation) => {
                for (index, ast) in alternation.asts.iter().enumerate() {
                    self.text.push_str(if index > 0 { "|" } else { "" });
                    self.write(ast)?;
                }
                Ok(())
            }
            Ast::Concat(concat) => concat.asts.iter().try_for_each(|ast| self.write(ast)),
        }
    }

    fn grouped(&mut self, start: &str, ast: &Ast) -> Written {
        self.text.push_str(start);
        self.write(ast)?;
        self.text.push_str(if start.is_empty() { "" } else { ")" });
        Ok(())
    }

    fn set(&mut self, flags: &Flags) -> Written {
        let mut on = true;
        for item in &flags.items {
            match item.kind {
                FlagsItemKind::Negation => on = false,
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.state.ignores_case = on,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.state.dot_is_all = on,
                // White space is gone when the pattern is read, and which match is preferred does not matter.
                FlagsItemKind::Flag(Flag::IgnoreWhitespace | Flag::SwapGreed) => {}
                FlagsItemKind::Flag(Flag::Unicode) if on => {}
                FlagsItemKind::Flag(Flag::MultiLine | Flag::CRLF) if !on => {}
                FlagsItemKind::Flag(_) => return self.refuse(&flags.span, NO_FLAG),
            }
        }
        Ok(())
    }

    fn unicode(&mut self, class: &ClassUnicode) -> Written {
        let name = match &class.kind {
            ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
            ClassUnicodeKind::Named(name) => name.clone(),
            ClassUnicodeKind::NamedValue { .. } => return self.refuse(&class.span, CATEGORY),
        };
        if self.state.ignores_case || !CATEGORIES.contains(&name.as_str()) {
            return self.refuse(&class.span, CATEGORY);
        }
        let letter = if class.is_negated() { 'P' } else { 'p' };
        self.text.push_str(&format!("\\{letter}{{{name}}}"));
        Ok(())
    }

    fn class(&mut self, class: &ClassBracketed) -> Written {
        let ClassSet::Item(item) = &class.kind else {
            return self.refuse(&class.span, ONE_CLASS);
        };
        let items = match item {
            ClassSetItem::Union(union) => union.items.as_slice(),
            item => std::slice::from_ref(item),
        };
        if is_everything(items) && !class.negated {
            self.text.push_str(r"[\s\S]");
            return Ok(());
        }
        self.text.push_str(if class.negated { "[^" } else { "[" });
        for (index, item) in items.iter().enumerate() {
            match item {
                ClassSetItem::Empty(_) => {}
                ClassSetItem::Literal(literal) if literal.c == '-' && index + 1 == items.len() => {
                    self.text.push('-');
                }
                ClassSetItem::Literal(literal) => {
                    self.range(literal.c, literal.c, &literal.span)?;
                }
                ClassSetItem::Range(range) => {
                    self.range(range.start.c, range.end.c, &range.span)?;
                }
                ClassSetItem::Ascii(ascii) if !ascii.negated => match posix(&ascii.kind) {
                    Some(ranges) => {
                        for (start, end) in ranges {
                            self.range(*start, *end, &ascii.span)?;
                        }
                    }
                    None => return self.refuse(&ascii.span, ONE_CLASS),
                },
                ClassSetItem::Perl(class) if !class.negated => self.ranges(perl(&class.kind)),
                ClassSetItem::Unicode(class) => self.unicode(class)?,
                other => return self.refuse(other.span(), ONE_CLASS),
            }
        }
        self.text.push(']');
        Ok(())
    }

    /// Writes a range of a class, in both cases where these are one.
    fn range(&mut self, start: char, end: char, span: &regex_syntax::ast::Span) -> Written {
        self.ranges(&[(start, end)]);
        if !self.state.ignores_case {
            return Ok(());
        }
        if !end.is_ascii() {
            return self.refuse(span, BOTH_CASES);
        }
        for (first, last) in [('A', 'Z'), ('a', 'z')] {
            let (low, high) = (start.max(first), end.min(last));
            if low <= high {
                let other = |letter: char| char::from(letter as u8 ^ 0x20);
                self.ranges(&[(other(low), other(high))]);
            }
        }
        Ok(())
    }

    fn ranges(&mut self, ranges: &[(char, char)]) {
        for (start, end) in ranges {
            self.literal(*start, r"\[]^-");
            if start < end {
                self.text.push('-');
                self.literal(*end, r"\[]^-");
            }
        }
    }

    /// Writes a character, with a backslash before those of the syntax.
    fn literal(&mut self, letter: char, syntax: &str) {
        // Two of these in a class are an operator.
        let doubled = "&~".contains(letter) && self.text.ends_with(letter);
        match letter {
            '\n' => self.text.push_str(r"\n"),
            '\r' => self.text.push_str(r"\r"),
            '\t' => self.text.push_str(r"\t"),
            _ if syntax.contains(letter) => self.text.extend(['\\', letter]),
            _ if (letter.is_control() || letter.is_whitespace() && letter != ' ' || doubled)
                && letter <= '\u{FFFF}' =>
            {
                self.text.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            _ => self.text.push(letter),
        }
    }
}

/// Returns `true` if a class has something in it and all else: `[\s\S]`.
fn is_everything(items: &[ClassSetItem]) -> bool {
    let has = |kind: &ClassPerlKind, negated: bool| {
        items.iter().any(|item| {
            matches!(item, ClassSetItem::Perl(class) if class.kind == *kind && class.negated == negated)
        })
    };
    [ClassPerlKind::Digit, ClassPerlKind::Space, ClassPerlKind::Word]
        .iter()
        .any(|kind| has(kind, false) && has(kind, true))
}
