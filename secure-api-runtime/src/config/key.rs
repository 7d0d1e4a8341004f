//! A setting that there is: its name, its form, and the way in which it is applied and shown.

use std::{path::PathBuf, time::Duration};

use super::{
    form::{self, parse_duration, parse_limit, parse_size},
    node::{Node, Raw},
    variable::capitals,
};
use crate::{limit::Limit, secret::SecretBytes};

/// The end of applying a value.
pub(crate) type Applied = Result<(), Unfit>;

/// The reason for which a value is not applied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// A value that does not fit: what it is, as `not a version`.
    Form(String),
    /// A value that is stated without another, by the name of that.
    Without(&'static str),
    /// The name of a file that cannot be read, with the reason.
    #[cfg(any(feature = "acme", feature = "redis"))]
    Unread(String),
    /// A value that has a secret in it.
    Secret,
}

impl<T: Into<String>> From<T> for Unfit {
    fn from(fault: T) -> Self {
        Self::Form(fault.into())
    }
}

/// The act that applies a value.
pub(crate) type Act<T> = Box<dyn FnOnce(&mut T) -> Applied>;

/// A setting that there is, of something that settings are applied to.
pub(crate) struct Key<T> {
    /// The name, with dots between its parts: `server.max_connections`.
    pub(crate) name: &'static str,
    /// The group of which one setting is stated, or the settings of one kind, which stands behind a slash; empty for none.
    pub(crate) group: &'static str,
    pub(crate) description: &'static str,
    pub(crate) sets: Sets<T>,
    /// The value that it has now, as it would be written; nothing where there is none.
    pub(crate) shows: fn(&T) -> Option<String>,
}

/// The form of a setting's values, with the function that applies one.
pub(crate) enum Sets<T> {
    Text(fn(&mut T, &str) -> Applied),
    Choice(&'static [&'static str], fn(&mut T, &str) -> Applied),
    List(fn(&mut T, Vec<String>) -> Applied),
    Flag(fn(&mut T, bool) -> Applied),
    /// `true`, and nothing else: to state one of a group.
    Mark(fn(&mut T) -> Applied),
    /// A whole number, not above this.
    Number(u64, fn(&mut T, u64) -> Applied),
    Size(u64, fn(&mut T, u64) -> Applied),
    Duration(fn(&mut T, Duration) -> Applied),
    Limit(fn(&mut T, Limit) -> Applied),
    Path(fn(&mut T, PathBuf) -> Applied),
    /// Certificates alone are several files.
    #[cfg(feature = "tls")]
    Paths(fn(&mut T, Vec<PathBuf>) -> Applied),
    Secret(fn(&mut T, SecretBytes) -> Applied),
}

/// A setting of an app's configuration, for tables of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigKey {
    /// The name in a file, with dots between its parts: `server.max_connections`.
    pub name: &'static str,
    /// The end of its variable's name, behind the app's: `SERVER_MAX_CONNECTIONS`.
    pub variable: String,
    /// The form of its values, in words.
    pub form: String,
    /// The description, in a sentence.
    pub description: &'static str,
}

impl<T: 'static> Key<T> {
    /// Returns its group, and the kind in it that it belongs to: its own name mostly.
    pub(super) fn kind(&self) -> (&'static str, &'static str) {
        self.group.split_once('/').unwrap_or((self.group, self.name))
    }

    /// Returns `true` if this one or the other is stated, and not both.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        let ((group, kind), (other_group, other_kind)) = (self.kind(), other.kind());
        !group.is_empty() && group == other_group && kind != other_kind
    }

    /// Returns the end of its variable's name. A secret's names a file.
    pub(super) fn variable(&self) -> String {
        let end = if matches!(self.sets, Sets::Secret(_)) { "_FILE" } else { "" };
        format!("{}{end}", capitals(self.name))
    }

    /// Returns it as plain data.
    pub(crate) fn described(&self) -> ConfigKey {
        ConfigKey {
            name: self.name,
            variable: self.variable(),
            form: self.sets.form(),
            description: self.description,
        }
    }
}

impl<T: 'static> Sets<T> {
    /// Reads a value: gives the text that it is shown as, and the act that applies it. `None` where it has another form.
    pub(super) fn read(&self, node: &Node) -> Option<(String, Act<T>)> {
        Some(match *self {
            Self::Text(set) => {
                let text = node.text()?.to_owned();
                (form::text(&text), Box::new(move |to| set(to, &text)))
            }
            Self::Choice(choices, set) => {
                let text = node.text()?;
                let choice = *choices.iter().find(|choice| **choice == text)?;
                (form::text(choice), Box::new(move |to| set(to, choice)))
            }
            Self::List(set) => {
                let list = node.list(|entry| entry.text().map(str::to_owned))?;
                (form::list(&list), Box::new(move |to| set(to, list)))
            }
            Self::Flag(set) => {
                let flag = node.flag()?;
                (flag.to_string(), Box::new(move |to| set(to, flag)))
            }
            Self::Mark(set) => {
                node.flag().filter(|flag| *flag)?;
                ("true".to_owned(), Box::new(set))
            }
            Self::Number(most, set) => {
                let number = node.number(most)?;
                (number.to_string(), Box::new(move |to| set(to, number)))
            }
            Self::Size(most, set) => {
                let size = parse_size(node.text()?).filter(|size| *size <= most)?;
                (form::size(size), Box::new(move |to| set(to, size)))
            }
            Self::Duration(set) => {
                let duration = parse_duration(node.text()?)?;
                (form::duration(duration), Box::new(move |to| set(to, duration)))
            }
            Self::Limit(set) => {
                let limit = parse_limit(node.text()?)?;
                (form::limit(&limit), Box::new(move |to| set(to, limit)))
            }
            Self::Path(set) => {
                let path = node.path()?;
                (form::path(&path), Box::new(move |to| set(to, path)))
            }
            #[cfg(feature = "tls")]
            Self::Paths(set) => {
                let paths = node.list(Node::path)?;
                let shown = form::list(paths.iter().map(|path| path.display().to_string()));
                (shown, Box::new(move |to| set(to, paths)))
            }
            Self::Secret(set) => {
                let path = secret_file(node)?;
                // Where there is none, its name may be the secret itself.
                let shown = match path.is_file() {
                    true => format!("{{ file = {} }}", form::path(&path)),
                    false => form::UNTOLD.to_owned(),
                };
                let secret = SecretBytes::file_of(path, &node.place);
                (shown, Box::new(move |to| set(to, secret)))
            }
        })
    }

    /// Returns the form of the values, in words.
    pub(super) fn form(&self) -> String {
        match self {
            Self::Text(_) => "a text".to_owned(),
            Self::Choice(choices, _) => {
                let choices: Vec<_> = choices.iter().map(|choice| form::text(choice)).collect();
                format!("one of `{}`", choices.join("`, `"))
            }
            Self::List(_) => "a list of texts, as `[\"a\", \"b\"]`".to_owned(),
            Self::Flag(_) => "`true` or `false`".to_owned(),
            Self::Mark(_) => "`true`".to_owned(),
            Self::Number(most, _) if *most == u64::from(u32::MAX) => {
                "a whole number of 32 bits".to_owned()
            }
            Self::Number(..) => "a whole number".to_owned(),
            Self::Size(..) => "a size, as `\"64KiB\"`".to_owned(),
            Self::Duration(_) => "a duration, as `\"15s\"`".to_owned(),
            Self::Limit(_) => "a limit, as `\"1200/min\"`".to_owned(),
            Self::Path(_) => "a path".to_owned(),
            #[cfg(feature = "tls")]
            Self::Paths(_) => "a list of paths, as `[\"a.pem\"]`".to_owned(),
            Self::Secret(_) => {
                "the file of a secret, as `{ file = \"/run/secrets/shop\" }`".to_owned()
            }
        }
    }
}

/// Returns the path of a secret's file: of a table with the one key `file`, or of a variable that is called so.
fn secret_file(node: &Node) -> Option<PathBuf> {
    match &node.raw {
        Raw::Table(members) => match &members[..] {
            [member] if member.name == "file" => member.node.path(),
            _ => None,
        },
        Raw::Variable(_) => node.path(),
        _ => None,
    }
}
