//! The path of a route: lower-case segments and `{parameters}`, below a version that is not written; others where the API says
//! that its paths are as written.

use proc_macro2::Span;
use syn::LitStr;

use crate::{
    broken,
    diag::Diagnostics,
    message::{self, Message},
    path::kebab_case,
};

/// A path that is well-formed.
#[derive(Debug, Clone)]
pub(crate) struct RoutePath {
    pub(crate) text: String,
    /// The text as the attribute has it, without the prefix.
    pub(crate) written: String,
    /// The text with the parameters' names left out.
    pub(crate) shape: String,
    pub(crate) parameters: Vec<String>,
    pub(crate) span: Span,
    /// The mistake that it is where nothing says that paths are as written.
    pub(crate) unusual: Option<String>,
    /// The same of the prefix.
    pub(crate) unusual_prefix: Option<String>,
}

impl RoutePath {
    /// Creates the path that has nothing yet.
    pub(crate) fn none(span: Span) -> Self {
        Self {
            text: String::new(),
            written: String::new(),
            shape: String::new(),
            parameters: Vec::new(),
            span,
            unusual: None,
            unusual_prefix: None,
        }
    }

    /// Returns it as what other paths stand below.
    fn as_prefix(&self) -> Self {
        let unusual_prefix = self.unusual_prefix.clone().or_else(|| self.unusual.clone());
        Self { unusual: None, unusual_prefix, ..self.clone() }
    }
}

/// Reads a prefix, below which paths begin with a slash: it ends with none.
pub(crate) fn parse_prefix(
    prefix: Option<&RoutePath>,
    literal: &LitStr,
    diag: &mut Diagnostics,
) -> Option<RoutePath> {
    let text = literal.value();
    if text.ends_with('/') {
        // A prefix that is `/` is none: only a route can be at the prefix itself.
        if text != "/" || !broken::is_without_prefix() {
            diag.report(literal.span(), &message::PATH_EMPTY, &[&without_empty(&text)]);
        }
        return None;
    }
    parse(prefix, literal, diag)
}

/// Returns a path without its empty segments.
fn without_empty(text: &str) -> String {
    let segments = text.split('/').filter(|segment| !segment.is_empty());
    format!("/{}", segments.collect::<Vec<_>>().join("/"))
}

/// Reads a path that stands below a prefix; what is wrong with it is reported, each segment by itself. There,
/// `/` is the prefix itself.
pub(crate) fn parse(
    prefix: Option<&RoutePath>,
    literal: &LitStr,
    diag: &mut Diagnostics,
) -> Option<RoutePath> {
    let text = literal.value();
    let span = literal.span();
    if let Some(prefix) = prefix
        && text == "/"
    {
        return Some(RoutePath { span, written: text, ..prefix.as_prefix() });
    }
    if let Some((path, _)) = text.split_once(['?', '#']) {
        let help = format!("write `\"{path}\"`, and take `Query<…>` for the parameters");
        diag.report(span, &message::GRAMMAR, &["a query is no part of the path", &help]);
        return None;
    }
    let Some(rest) = text.strip_prefix('/') else {
        // Without what would be the next mistake.
        let segments = text.split('/').filter(|segment| !segment.is_empty());
        let better = segments.collect::<Vec<_>>().join("/");
        diag.report(span, &message::PATH_SLASH, &[&text, &better]);
        return None;
    };
    let mut path = prefix.map_or_else(|| RoutePath::none(span), RoutePath::as_prefix);
    path.text.push_str(&text);
    path.written.clone_from(&text);
    path.span = span;
    let mut sound = true;
    for (index, segment) in rest.split('/').enumerate() {
        if segment.is_empty() && text == "/" && broken::is_without_prefix() {
            return None;
        }
        if segment.is_empty() && index + 1 < rest.split('/').count() {
            diag.report(span, &message::PATH_EMPTY, &[&without_empty(&text)]);
            return None;
        }
        path.shape.push('/');
        if segment.is_empty() {
            // A slash at the end is a form that some have.
            path.unusual.get_or_insert_with(|| slash_at_the_end(&text));
            continue;
        }
        // The whole path with another segment here.
        let with = |better: &str| {
            let each = rest.split('/').enumerate();
            let each = each.map(|(place, other)| if place == index { better } else { other });
            format!("/{}", each.collect::<Vec<_>>().join("/"))
        };
        if let Some(name) = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'))
            && !name.contains(['{', '}'])
        {
            path.shape.push_str("{}");
            if !is_name(name) {
                let better = with(&as_parameter(segment));
                diag.report(span, &message::PATH_PARAMETER, &[segment, &better]);
                sound = false;
            } else if path.parameters.iter().any(|other| other == name) {
                diag.report(span, &message::PATH_TWICE, &[name]);
                sound = false;
            }
            path.parameters.push(name.to_owned());
        } else if index == 0 && prefix.is_none() && is_version(segment) {
            // Of an address that clients have it is a segment as any.
            let rest = text.trim_start_matches('/').trim_start_matches(segment);
            path.unusual.get_or_insert(message::PATH_VERSION.render(&[segment, rest]));
            path.shape.push_str(segment);
        } else if let Some(parts) = parts(segment) {
            for (literal, name) in parts {
                path.shape.push_str(literal);
                let Some(name) = name else { continue };
                path.shape.push_str("{}");
                if path.parameters.iter().any(|other| other == name) {
                    diag.report(span, &message::PATH_TWICE, &[name]);
                    sound = false;
                }
                path.parameters.push(name.to_owned());
            }
            let better = with(&as_parameter(segment));
            let told = message::PATH_SEGMENT.render(&[segment, &better]);
            path.unusual.get_or_insert(told);
        } else if segment.contains(['{', '}', '<', '>']) || segment.starts_with([':', '*']) {
            // A parameter as other frameworks write it.
            let better = with(&as_parameter(segment));
            diag.report(span, &message::PATH_PARAMETER, &[segment, &better]);
            sound = false;
        } else if !is_kebab(segment) {
            let kebab = kebab_case(segment);
            let better = with(if is_kebab(&kebab) { &kebab } else { "order-items" });
            if is_spelt(segment) {
                let told = message::PATH_SEGMENT.render(&[segment, &better]);
                path.unusual.get_or_insert(told);
                path.shape.push_str(segment);
            } else {
                let help = format!("write `\"{better}\"`");
                diag.report_with(literal, &message::PATH_SEGMENT, &[segment], &help);
                sound = false;
            }
        } else {
            path.shape.push_str(segment);
        }
    }
    sound.then_some(path)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Corrects the syntax of a parameter for a help: `:productId` or `<product_id>` as `{product_id}`.
fn as_parameter(segment: &str) -> String {
    let kebab = kebab_case(segment);
    let words = kebab.split(|letter: char| !letter.is_ascii_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    format!("{{{}}}", if is_name(&name) { &name } else { "order" })
}

fn is_kebab(segment: &str) -> bool {
    segment.split('-').all(|word| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Returns the parts of a segment with a parameter inside of it, as `{id}.json`: each literal with the parameter behind it. Between two
/// parameters stands a literal, or nobody could say where one ends.
fn parts(segment: &str) -> Option<Vec<(&str, Option<&str>)>> {
    if !segment.contains('{') {
        return None;
    }
    let (mut parts, mut rest) = (Vec::new(), segment);
    while let Some((literal, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        let is_apart = parts.is_empty() || !literal.is_empty();
        if !is_apart || !is_name(name) || !is_written(literal) {
            return None;
        }
        parts.push((literal, Some(name)));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push((rest, None));
    }
    is_written(rest).then_some(parts)
}

/// Returns `true` for a segment that a path may have where it is as written: it means the same to whoever reads it, so it is
/// nothing that is taken for an escape or for a step.
fn is_spelt(segment: &str) -> bool {
    !matches!(segment, "." | "..") && is_written(segment)
}

/// Returns `true` for the characters of such a segment. Beside a parameter dots alone are no step: it is never empty.
fn is_written(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:;,=@$!'()*+".contains(&byte))
}

/// Returns the mistake that a slash at the end is where nothing says that paths are as written.
fn slash_at_the_end(text: &str) -> String {
    let better = match without_empty(text) {
        root if root == "/" => "/orders".to_owned(),
        better => better,
    };
    let help = format!(
        "write `\"{better}\"`: no `/` at the end; or, of an address that clients have, say so: `allow(path, reason = \"…\")` here, \
         or `#[version(paths = \"as written\", reason = \"…\")]` above the enum of versions"
    );
    Message { help: "{}", ..message::PATH_EMPTY }.render(&[&help])
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Hashes verb and shape by FNV-1a: equal places have equal keys, and the compiler compares numbers.
pub(crate) fn key(verb: &str, shape: &str) -> u64 {
    let bytes = verb.bytes().chain([b' ']).chain(shape.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
